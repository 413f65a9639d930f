import MCPMessages
import Testing
import WireJSON

@Suite("Messages, written")
struct WritingTests {
    @Test("each kind of message has one form")
    func forms() {
        let object = Array(#"{"a": 1.0}"#.utf8)
        #expect(
            text(MessageWriter.result(object, id: .integer(-1))) == #"{"jsonrpc":"2.0","id":-1,"result":{"a": 1.0}}"#)
        #expect(
            text(MessageWriter.error(RPCError(.parseError, "no\n"), id: nil))
                == #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no\n"}}"#)
        #expect(
            text(MessageWriter.error(RPCError(.invalidParams, "no", data: object), id: .text(Array("a\"".utf8))))
                == #"{"jsonrpc":"2.0","id":"a\"","error":{"code":-32602,"message":"no","data":{"a": 1.0}}}"#)
        #expect(text(MessageWriter.error(object, id: .integer(1))) == #"{"jsonrpc":"2.0","id":1,"error":{"a": 1.0}}"#)
        #expect(
            text(MessageWriter.request("m", params: object, id: .integer(1)))
                == #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"a": 1.0}}"#)
        #expect(
            text(MessageWriter.request("m", params: [UInt8](), id: .text([])))
                == #"{"jsonrpc":"2.0","id":"","method":"m"}"#)
        #expect(text(MessageWriter.notification("n", params: [UInt8]())) == #"{"jsonrpc":"2.0","method":"n"}"#)
        #expect(
            text(MessageWriter.notification("n", params: object))
                == #"{"jsonrpc":"2.0","method":"n","params":{"a": 1.0}}"#)
    }

    @Test("an event is one line of data, whatever line breaks a peer's JSON has")
    func events() {
        #expect(text(SSEEncoder.event(Array("{}".utf8))) == "event: message\ndata: {}\n\n")
        #expect(text(SSEEncoder.event(Array("{\r\n}".utf8), id: "3-1")) == "event: message\nid: 3-1\ndata: {  }\n\n")
        #expect(text(SSEEncoder.keepAlive) == ": keep-alive\n\n")
    }

    @Test(
        "a JSON text on one line means what it meant",
        arguments: [
            "{\"a\":1}", "{\n\"a\" :\r\n[1,\n2\r]}", "\n{}\n", "{\"a\":\"\\n\\r\"}",
        ])
    func oneLine(_ message: String) throws {
        let line = OneLine.of(Array(message.utf8))
        #expect(!line.contains(0x0A) && !line.contains(0x0D))
        #expect(line.count == message.utf8.count)
        #expect(try JSON(line).isEqual(to: json(message)))
    }
}
