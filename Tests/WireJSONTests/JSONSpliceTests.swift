import Testing
import WireJSON

@Suite("Splicing")
struct JSONSpliceTests {
    @Test("nothing replaced is the text as received")
    func nothing() throws {
        var random = RandomJSON(Dice("texts to leave alone"))
        for _ in 0..<100 {
            let value = try JSON(random.document())
            #expect(JSONSplice(value.source).apply() == value.source)
            #expect(JSONSplice(value).apply() == Array(value.bytes))
            #expect(value.removingElements { _ in false } == Array(value.bytes))
            #expect(value.removingMembers { _, _ in false } == Array(value.bytes))
        }
    }

    @Test("ranges are replaced in one go, whatever their order, and all else is copied byte for byte")
    func replacing() throws {
        let call = try json(#"{ "id" : 1 , "params" : {"x":[ 1.0,"\u0061"] } }"#)
        var splice = JSONSplice(call.source)
        splice.replace(try #require(call["params"]?["x"]?[1]).range, with: "null".utf8)
        splice.replace(try #require(call["id"]).range, with: Array(#""one""#.utf8))
        #expect(text(splice.apply()) == #"{ "id" : "one" , "params" : {"x":[ 1.0,null] } }"#)
    }

    @Test("a value spliced alone has nothing of the text around it")
    func part() throws {
        let message = try json(#" {"result": {"tools":[1,2]} } "#)
        let result = try #require(message["result"])
        var splice = JSONSplice(result)
        splice.replace(try #require(result["tools"]?[0]).range, with: "3".utf8)
        #expect(text(splice.apply()) == #"{"tools":[3,2]}"#)
        var slice = JSONSplice(result.bytes)
        slice.replace(try #require(result["tools"]?[1]).range, with: "3".utf8)
        #expect(text(slice.apply()) == #"{"tools":[1,3]}"#)
    }

    @Test("insertions at one place come in the order asked for")
    func insertions() {
        var splice = JSONSplice(Array("[]".utf8))
        splice.replace(1..<1, with: "1".utf8)
        splice.replace(1..<1, with: ",2".utf8)
        splice.replace(0..<0, with: " ".utf8)
        #expect(text(splice.apply()) == " [1,2]")
    }

    @Test("ranges that overlap or lie outside stop the program")
    func overlap() async {
        await #expect(processExitsWith: .failure) {
            var splice = JSONSplice(Array("[1,2]".utf8))
            splice.replace(1..<3, with: [])
            splice.replace(2..<4, with: [])
            _ = splice.apply()
        }
        await #expect(processExitsWith: .failure) {
            var splice = JSONSplice(Array("[1,2]".utf8))
            splice.replace(4..<6, with: [])
        }
    }

    // Every choice of elements to remove, of arrays of up to six, with white space to lose and to keep.
    @Test("elements go with their commas, and what stays keeps its text", arguments: 0...6)
    func elements(count: Int) throws {
        for (open, comma, close) in [("[", ",", "]"), ("[ ", " , ", " ]"), ("[\n\t", ",\n\t", "\n]")] {
            let array = try json(open + (0..<count).map { "{\"n\":\($0)}" }.joined(separator: comma) + close)
            for choice in 0..<1 << count {
                let rest = array.removingElements { choice >> ($0["n"]?.int ?? 0) & 1 == 1 }
                let kept = (0..<count).filter { choice >> $0 & 1 == 0 }
                let expected = open + kept.map { "{\"n\":\($0)}" }.joined(separator: comma) + close
                if !kept.isEmpty || choice == 0 { #expect(text(rest) == expected) }
                #expect(try JSON(rest).elements.map { $0["n"]?.int } == kept)
            }
        }
    }

    @Test("members go with their commas and keys, and what stays keeps its text", arguments: 0...5)
    func members(count: Int) throws {
        for (open, comma, close) in [("{", ",", "}"), ("{ ", " ,\n", " }")] {
            let object = try json(open + (0..<count).map { "\"k\($0)\" : \($0)" }.joined(separator: comma) + close)
            for choice in 0..<1 << count {
                let rest = object.removingMembers { key, value in
                    choice >> (value.int ?? 0) & 1 == 1 && !key.equals("x")
                }
                let kept = (0..<count).filter { choice >> $0 & 1 == 0 }
                let expected = open + kept.map { "\"k\($0)\" : \($0)" }.joined(separator: comma) + close
                if !kept.isEmpty || choice == 0 { #expect(text(rest) == expected) }
                #expect(try JSON(rest).members.map { $0.key.string } == kept.map { "k\($0)" })
            }
        }
    }

    @Test("members are replaced and added, in an object that keeps some, none or all of its own")
    func settingMembers() throws {
        for source in [#"{"a":1,"b":{"c":2}}"#, "{}", "{ }", #"{"a":1}"#, #"{ "b" : [ ] }"#, #"{"\u0061":0,"x":0}"#] {
            for removed in [[], ["a"], ["b"], ["a", "b"], ["a", "b", "x"]] {
                let object = try json(source)
                var splice = JSONSplice(object)
                splice.removeMembers(of: object) { key, _ in removed.contains { key.equals($0) } }
                for (key, value) in [("a", "[1]"), ("n\"", "true"), ("m", "null")] where !removed.contains(key) {
                    splice.setMember(key, of: object, to: value.utf8)
                }
                let result = try JSON(splice.apply())
                var expected = object.members.map { $0.key.string }.filter { !removed.contains($0) }
                for key in ["a", "n\"", "m"] where !removed.contains(key) && !expected.contains(key) {
                    expected.append(key)
                }
                #expect(result.members.map { $0.key.string } == expected, "\(source) without \(removed)")
                if !removed.contains("a") { #expect(result["a"].map { text($0.bytes) } == "[1]") }
            }
        }
    }

    @Test("one member is replaced or added, or the answer is nil")
    func oneMember() throws {
        let object = try json(#"{ "a":1, "b":{"a":2} }"#)
        #expect(object.replacingMember("a", with: "null".utf8).map { text($0) } == #"{ "a":null, "b":{"a":2} }"#)
        #expect(object.replacingMember("c", with: "null".utf8) == nil)
        #expect(object.addingMember("c", "[]".utf8).map { text($0) } == #"{ "a":1, "b":{"a":2} ,"c":[]}"#)
        #expect(object.addingMember("a", "[]".utf8) == nil)
        #expect(try json("[]").addingMember("a", "1".utf8) == nil)
        #expect(try json("{}").addingMember("a", "1".utf8).map { text($0) } == #"{"a":1}"#)
        #expect(object["b"]?.addingMember("c", "3".utf8).map { text($0) } == #"{"a":2,"c":3}"#)
    }

    @Test("a nested object and one around it can be changed at once")
    func nested() throws {
        let message = try json(
            #"{"id":7,"result":{"tools":[{"name":"a"},{"name":"b"},{"name":"c"}],"nextCursor":"x"}}"#)
        let result = try #require(message["result"])
        let tools = try #require(result["tools"])
        var splice = JSONSplice(message.source)
        splice.replace(try #require(message["id"]).range, with: "1".utf8)
        splice.removeElements(of: tools) { $0["name"]?.hasText("b") == true }
        splice.removeMembers(of: result) { key, _ in key.equals("nextCursor") }
        splice.setMember("ttlMs", of: result, to: "0".utf8)
        #expect(text(splice.apply()) == #"{"id":1,"result":{"tools":[{"name":"a"},{"name":"c"}],"ttlMs":0}}"#)
    }

    @Test("a random text without some of its elements is the value without them")
    func random() throws {
        var random = RandomJSON(Dice("arrays to splice"))
        for _ in 0..<200 {
            let documents = (0..<random.dice.number(0...12)).map { _ in random.document() }
            let source = Array("[".utf8) + documents.joined(separator: [UInt8(ascii: ",")]) + Array("]".utf8)
            let array = try JSON(source)
            var kept: [[UInt8]] = []
            let rest = array.removingElements {
                if random.dice.throwsOne(of: 2) { return true }
                kept.append(Array($0.bytes))
                return false
            }
            #expect(try JSON(rest).elements.map { Array($0.bytes) } == kept)
        }
    }

    @Test("300 of 600 KB are left out in one copy")
    func large() throws {
        let description = String(repeating: "words ", count: 330)
        let tools = (0..<300).map { #"{"name":"tool_\#($0)","description":"\#(description)"}"# }
        let list = try json("{\"tools\":[\(tools.joined(separator: ","))]}")
        #expect(list.source.count > 600_000)
        let array = try #require(list["tools"])
        var position = 0
        var splice = JSONSplice(list.source)
        splice.removeElements(of: array) { _ in
            position += 1
            return position % 2 == 0
        }
        let rest = try JSON(splice.apply())
        #expect(rest["tools"]?.count == 150)
        #expect(rest["tools"]?[149]?["name"]?.hasText("tool_298") == true)
    }
}
