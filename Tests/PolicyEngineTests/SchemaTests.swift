import PolicyEngine
import Testing

@Suite("the accepted schema")
struct SchemaTests {
    private static func schema(_ x: String) -> String { "{\"type\":\"object\",\"properties\":{\"x\":\(x)}}" }

    @Test("an absent argument is judged as the schema's default")
    func defaults() {
        let schema = Self.schema(#"{"type":"string","default":"/etc/passwd"}"#)
        #expect(judge(when("args.x", .equal, "\"/etc/passwd\""), "{}", schema: schema, in: .denyIf) == .holds)
        #expect(judge(when("args.x", .equal, "\"/etc/passwd\""), nil, schema: schema, in: .denyIf) == .holds)
        #expect(
            judge(when("args.x", .equal, "\"/etc/passwd\""), #"{"x":"a"}"#, schema: schema, in: .denyIf) == .doesNotHold
        )
        #expect(judge(when("args.x", .notEqual, "\"a\""), "{}", schema: schema, in: .require) == .holds)
        #expect(judge(when("args.x", .exists, "true"), "{}", schema: schema, in: .require) == .holds)
        #expect(judge(when("args.x", .contains, "\"pass\""), "{}", schema: schema, in: .denyIf) == .holds)
        #expect(judge(when("args.x", .regex, "\"^/etc/\""), "{}", schema: schema, in: .denyIf) == .holds)
    }

    @Test("a default that contradicts its own type, or the operator, cannot be judged")
    func wrongDefaults() {
        let against = Self.schema(#"{"type":"integer","default":"5"}"#)
        #expect(judge(when("args.x", .exists, "true"), "{}", schema: against, in: .require) == .cannotBeJudged)
        let text = Self.schema(#"{"default":"5"}"#)
        #expect(judge(when("args.x", .less, "9"), "{}", schema: text, in: .require) == .cannotBeJudged)
    }

    @Test("a default of null says that there is no value")
    func nullDefault() {
        let schema = Self.schema(#"{"anyOf":[{"type":"string"},{"type":"null"}],"default":null}"#)
        #expect(judge(when("args.x", .equal, "\"a\""), "{}", schema: schema, in: .denyIf) == .doesNotHold)
        #expect(judge(when("args.x", .exists, "false"), "{}", schema: schema, in: .require) == .holds)
        #expect(judge(when("args.x", .notEqual, "\"a\""), "{}", schema: schema, in: .denyIf) == .holds)
    }

    @Test("a default inside a default is seen")
    func nestedDefaults() {
        let schema = Self.schema(#"{"type":"object","default":{"y":{"z":["a"]}}}"#)
        #expect(judge(when("args.x.y.z[0]", .equal, "\"a\""), "{}", schema: schema, in: .require) == .holds)
        #expect(judge(when("args.x.y.z[*]", .equal, "\"a\""), "{}", schema: schema, in: .require) == .holds)
        #expect(judge(when("args.x.y.z", .contains, "\"a\""), "{}", schema: schema, in: .require) == .holds)
        #expect(judge(when("args.x.q", .equal, "\"a\""), "{}", schema: schema, in: .denyIf) == .doesNotHold)
        let inner = Self.schema(#"{"type":"object","properties":{"y":{"type":"string","default":"a"}}}"#)
        #expect(judge(when("args.x.y", .equal, "\"a\""), #"{"x":{}}"#, schema: inner, in: .require) == .holds)
        #expect(judge(when("args.x.y", .equal, "\"a\""), "{}", schema: inner, in: .require) == .doesNotHold)
    }

    private static let types: [(String, String, Bool)] = [
        (#"{"type":"string"}"#, "\"a\"", true), (#"{"type":"string"}"#, "1", false),
        (#"{"type":"string"}"#, "[\"a\"]", false),
        (#"{"type":"number"}"#, "1.5", true), (#"{"type":"number"}"#, "1e400", true),
        (#"{"type":"number"}"#, "\"1\"", false),
        (#"{"type":"integer"}"#, "1", true), (#"{"type":"integer"}"#, "1.0", true),
        (#"{"type":"integer"}"#, "1e30", true),
        (#"{"type":"integer"}"#, "1.5", false), (#"{"type":"integer"}"#, "1.5e1", true),
        (#"{"type":"integer"}"#, "1.00000000000000000000001", false), (#"{"type":"integer"}"#, "1e-30", false),
        (#"{"type":"boolean"}"#, "true", true), (#"{"type":"boolean"}"#, "0", false),
        (#"{"type":"array"}"#, "[]", true), (#"{"type":"array"}"#, "{}", false), (#"{"type":"object"}"#, "{}", true),
        (#"{"type":["string","integer"]}"#, "1", true), (#"{"type":["string","integer"]}"#, "true", false),
        (#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#, "1", true),
        (#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#, "[]", false),
        (#"{"anyOf":[{"type":"string"},{}]}"#, "[]", true), (#"{"oneOf":[{"type":"string"}]}"#, "1", false),
        (##"{"$ref":"#/$defs/s"}"##, "1", false), (##"{"$ref":"#/$defs/s"}"##, "\"a\"", true),
        (##"{"allOf":[{"$ref":"#/$defs/s"}]}"##, "1", false), (##"{"$ref":"#/$defs/loop"}"##, "1", true),
        (##"{"$ref":"https://elsewhere/schema"}"##, "1", true), (##"{"$ref":"#/$defs/none"}"##, "1", true),
        (#"{}"#, "1", true), (#"true"#, "1", true), (#"{"type":"strange"}"#, "1", true), (#"{"type":5}"#, "1", true),
        (#"{"enum":["a"]}"#, "1", true), (#"{"type":"string","anyOf":[{"minLength":1}]}"#, "1", false),
    ]

    @Test("a value of another type than the schema's cannot be judged", arguments: types)
    func contradiction(_ x: String, _ value: String, _ fits: Bool) {
        let schema = """
            {"type":"object","properties":{"x":\(x)},"$defs":{"s":{"type":"string"},"loop":{"$ref":"#/$defs/loop"}}}
            """
        let judgement = judge(when("args.x", .exists, "true"), "{\"x\":\(value)}", schema: schema, in: .require)
        #expect(judgement == (fits ? .holds : .cannotBeJudged))
    }

    @Test("the schema is followed through objects and lists")
    func nested() {
        let schema = """
            {"properties":{"items":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer","default":3}}}},
            "pair":{"prefixItems":[{"type":"string"},{"type":"integer"}]}}}
            """
        #expect(judge(when("args.items[0].n", .equal, "3"), #"{"items":[{}]}"#, schema: schema, in: .require) == .holds)
        #expect(
            judge(when("args.items[*].n", .equal, "3"), #"{"items":[{},{"n":3}]}"#, schema: schema, in: .require)
                == .holds)
        #expect(
            judge(when("args.items[*].n", .less, "9"), #"{"items":[{"n":1.5}]}"#, schema: schema, in: .denyIf)
                == .cannotBeJudged)
        #expect(
            judge(when("args.pair[1]", .exists, "true"), #"{"pair":["a","b"]}"#, schema: schema, in: .require)
                == .cannotBeJudged)
        #expect(
            judge(when("args.pair[0]", .exists, "true"), #"{"pair":["a","b"]}"#, schema: schema, in: .require) == .holds
        )
    }

    @Test("null is present or not as exists says, whatever the schema")
    func null() {
        let schema = Self.schema(#"{"type":"string"}"#)
        #expect(judge(when("args.x", .exists, "false"), #"{"x":null}"#, schema: schema, in: .require) == .holds)
        #expect(judge(when("args.x", .equal, "\"a\""), #"{"x":null}"#, schema: schema, in: .denyIf) == .cannotBeJudged)
    }

    @Test("a schema that is no object, or refers to itself without end, makes nothing known and nothing slow")
    func strange() {
        var endless = ##"{"$ref":"#"}"##
        #expect(judge(when("args.x", .equal, "1"), #"{"x":1}"#, schema: endless, in: .require) == .holds)
        endless = ##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}"##
        #expect(judge(when("args.x", .equal, "1"), #"{"x":1}"#, schema: endless, in: .require) == .holds)
        #expect(judge(when("args.x", .equal, "1"), #"{"x":1}"#, schema: "[]", in: .require) == .holds)
    }
}
