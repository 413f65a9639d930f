import HTTPTypes
import Hummingbird

/// One page: what it is called, what it is about, and what stands between head and foot.
struct Page: Sendable {
    /// A place in the head's navigation.
    enum Section: Sendable, CaseIterable {
        case catalogue
        case attacks
    }

    /// Names the page alone: `detach_user_policy, awslabs-iam-mcp-server`.
    let title: String
    /// A sentence for search engines and link previews.
    let description: String
    var section: Section?
    /// Pages above this one, the highest first.
    var crumbs: [(title: String, address: Address)] = []
    /// The page's own address, where search engines may keep it.
    var canonical: Address?
    /// The same as data.
    var data: Address?
    /// What machines read of it.
    var linkedData: HTML = .empty
    /// The foot's left side.
    var footnote: HTML = .empty
    let content: HTML

    init(title: String, description: String, @HTMLBuilder content: () -> HTML) {
        self.title = title
        self.description = description
        self.content = content()
    }

    /// The page as an answer. Where its content is public a browser may keep it and ask whether it changed.
    func response(status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: Layout.document(self))))
    }
}
