import Administration
import GatewayStorage
import HTTPTypes
import Testing
import WireJSON

@testable import Console

/// The table that routes, checks and describes the interface.
struct APITests {
    @Test("each operation has an id and an address of its own")
    func table() {
        let ids = APIOperation.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        let addresses = APIOperation.all.map { "\($0.method) \($0.path)" }
        #expect(Set(addresses).count == addresses.count)
    }

    @Test("nothing that changes something asks for less than its row of the table of roles")
    func roles() {
        for operation in APIOperation.all where operation.method != .get {
            #expect(operation.requirement.requirement != .role(.viewer), "\(operation.id)")
        }
    }

    @Test("the description is strict JSON and names every operation with its body and answer")
    func description() throws {
        let json = try JSON(OpenAPIDocument.bytes(APIOperation.all))
        for operation in APIOperation.all {
            let described = json["paths"]?[operation.path]?[operation.method.rawValue.lowercased()]
            #expect(described?["operationId"]?.string == operation.id)
            #expect((described?["requestBody"] == nil) == (operation.body == nil))
            #expect(described?["responses"]?["default"] != nil)
        }
    }

    @Test(
        "a body of another shape is told what is wrong and where",
        arguments: [
            ("[]", "the body is an object"), ("{}", "`/a` is missing"), (#"{"a":1}"#, "`/a` is a text"),
            (#"{"a":"x","b":1}"#, "`/b` is not known"), (#"{"a":""}"#, "`/a` has another form"),
            (#"{"a":"x","n":1.0}"#, "`/n` is a whole number from 0 to 9"),
            (#"{"a":"x","n":10}"#, "`/n` is a whole number from 0 to 9"),
            (#"{"a":"x","c":"C"}"#, "`/c` is one of `c`"), (#"{"a":"x","l":[true,1]}"#, "`/l/1` is `true` or `false`"),
            (#"{"a":"x","l":[true,true,true]}"#, "`/l` has at most 2 elements"),
            (#"{"a":"x","t":{"k":null}}"#, "`/t/k` is a text"),
            (#"{"a":"x","at":"2026-01-01"}"#, "`/at` has another form"),
            (#"{"A":"x"}"#, "`/A` is not known"), (#"{"a":"xxxxxxxxx"}"#, "`/a` has at most 8 bytes"),
        ])
    func faults(body: String, fault: String) throws {
        #expect(Self.shape.fault(of: try JSON(Array(body.utf8))) == fault)
    }

    @Test("a body of the shape has no fault")
    func whole() throws {
        let body = #"{"a":"x","n":0,"c":"c","l":[],"t":{"k":"v"},"at":"2026-01-01T00:00:00Z","z":null}"#
        #expect(Self.shape.fault(of: try JSON(Array(body.utf8))) == nil)
    }

    private static let shape = Shape.object([
        .need("a", .text(.some, bytes: 8)), .may("n", .integer(0...9)), .may("c", .choice(["c"])),
        .may("l", .list(.boolean, most: 2)), .may("t", .table(.text(), most: 2)), .may("at", .time),
        .may("z", .nullable(.boolean)),
    ])

    @Test(
        "a form is read strictly: each field once, UTF-8, whole escapes",
        arguments: [
            ("a=1&b=2", true), ("a=%41+b", true), ("a=1&a=2", false), ("a=%4", false), ("a=%zz", false),
            ("a=%ff", false), ("a", false), ("%61=1&a=2", false), ("", true),
        ])
    func forms(text: String, isForm: Bool) {
        #expect((FormBody(Array(text.utf8)) != nil) == isForm)
    }

    @Test("a form's token differs with the browser and with the sign-in")
    func formTokens() {
        let tokens = [("a", nil), ("b", nil), ("a", "s"), ("a", "t")].map {
            Cookies.formToken($0.0, session: $0.1)
        }
        #expect(Set(tokens).count == 4)
    }
}
