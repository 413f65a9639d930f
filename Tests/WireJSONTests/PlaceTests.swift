import Testing
import WireJSON

@Suite("places")
struct PlaceTests {
    @Test("an object's members are shown in order, with where and what they are")
    func members() throws {
        let object = try JSON(
            Array(#" { "a" : [1, 2] , "b\u0063":"x", "d":"\n", "e":null,"f":true,"g":{}, "h":-1 }"#.utf8))
        var seen: [(String, JSON.Kind, Bool, Bool)] = []
        object.forEachMember { key, value in
            #expect(object.key(at: key).string == object.members.map(\.key.string)[seen.count])
            #expect(object[value].range == value.range)
            #expect(object[value].kind == value.kind)
            #expect(object.key(at: key).range == key.range)
            seen.append((object.key(at: key).string, value.kind, key.hasEscapes, value.hasEscapes))
        }
        #expect(seen.map(\.0) == ["a", "bc", "d", "e", "f", "g", "h"])
        #expect(seen.map(\.1) == [.array, .string, .string, .null, .bool, .object, .number])
        #expect(seen.map(\.2) == [false, true, false, false, false, false, false])
        #expect(seen.map(\.3) == [false, false, true, false, false, false, false])
    }

    @Test("an array's elements are shown until enough is seen")
    func elements() throws {
        let array = try JSON(Array(#"[[0,[1]],"x",{"k":[]},5.5]"#.utf8))
        var kinds: [JSON.Kind] = []
        array.forEachElement {
            kinds.append($0.kind); return true
        }
        #expect(kinds == [.array, .string, .object, .number])
        var count = 0
        array.forEachElement { _ in
            count += 1; return count < 2
        }
        #expect(count == 2)
    }

    @Test("a number with a fraction has no escapes, and what is neither object nor array shows nothing")
    func others() throws {
        #expect(try JSON(Array("5.5".utf8)).place.hasEscapes == false)
        for text in ["5", "null", "\"x\"", "[]", "{}"] {
            let json = try JSON(Array(text.utf8))
            json.forEachMember { _, _ in Issue.record("a member in \(text)") }
            json.forEachElement { _ in
                Issue.record("an element in \(text)"); return true
            }
            #expect(json.place.range == json.range)
        }
    }
}
