/// Messages as a client writes them.
enum StdioMessages {
    static let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
    static let pong = #"{"jsonrpc":"2.0","id":1,"result":{}}"#

    /// What makes a request a modern one.
    static let envelope = """
        "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}
        """

    static func call(_ tool: String, id: String, _ arguments: String = "{}", meta: String? = nil) -> String {
        let meta = meta.map { ",\"_meta\":{\($0)}" } ?? ""
        return
            #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)\#(meta)}}"#
    }
}
