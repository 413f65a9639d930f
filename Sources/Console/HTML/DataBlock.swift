internal import WireJSON

extension HTML {
    /// JSON-LD in a page's head, which browsers do not run and Content-Security-Policy does not cover.
    static func linkedData(_ write: (inout JSONWriter) -> Void) -> HTML {
        var writer = JSONWriter()
        write(&writer)
        return HTML(linkedData: writer.bytes)
    }
}
