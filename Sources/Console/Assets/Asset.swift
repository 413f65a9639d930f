import Crypto

/// A file that pages load, under an address that names its content: it can be kept for ever, and a changed file has
/// another address.
struct Asset: Sendable {
    let content: [UInt8]
    /// `text/css; charset=utf-8`
    let mediaType: String
    /// The last part of its address: `console-1f0c….css`.
    let name: String

    init(_ content: [UInt8], _ stem: String, _ ending: String, mediaType: String) {
        self.content = content
        self.mediaType = mediaType
        name = "\(stem)-\(ContentDigest.short(content)).\(ending)"
    }

    var address: Address { .path("assets", name) }

    /// The one stylesheet: tokens first, paper last.
    static let stylesheet = Asset(
        PackageResources.tokens_css + PackageResources.ground_css + PackageResources.shell_css
            + PackageResources.controls_css + PackageResources.tables_css + PackageResources.console_css
            + PackageResources.catalogue_css + PackageResources.widths_css + PackageResources.pages_css
            + PackageResources.print_css,
        "console", "css", mediaType: "text/css; charset=utf-8")

    /// The mark in a browser's tab.
    static let mark = Asset(PackageResources.mark_svg, "mark", "svg", mediaType: "image/svg+xml")

    static let all = [stylesheet, mark]
}

/// A digest that tells contents apart: the first 16 hexadecimal digits of their SHA-256.
enum ContentDigest {
    static func short(_ content: [UInt8]) -> String {
        SHA256.hash(data: content).prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
