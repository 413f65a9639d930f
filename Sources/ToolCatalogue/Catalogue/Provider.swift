/// Who publishes a server, as far as the package's name tells: for grouping, never for trust.
///
/// Anybody may call a package after a company. So an npm package counts by its scope and a repository by its owner, which
/// only they can publish in, and a PyPI package, which has neither, by names and prefixes that are looked at when a
/// catalogue is made.
public struct Provider: Sendable, Hashable {
    /// As addresses have it: `aws`.
    public let slug: String
    /// As pages have it: `AWS`.
    public let title: String

    private init(_ slug: String, _ title: String) {
        self.slug = slug
        self.title = title
    }

    /// A provider by its slug, such as a catalogue names one.
    public init(slug: String) {
        self = Self.known.first { $0.slug.utf8.elementsEqual(slug.utf8) } ?? Provider(slug, slug)
    }

    /// The provider of a package; nil where nothing proves one.
    public init?(registry: String, package: String) {
        let name = Self.lowered(package)
        switch registry {
        case "pypi":
            let prefixed = Self.prefixes.first { name.hasPrefix($0.prefix) }?.slug
            guard let slug = prefixed ?? Self.names[name] else { return nil }
            self.init(slug: slug)
        case "npm":
            guard name.hasPrefix("@"), let slash = name.firstIndex(of: "/") else { return nil }
            self.init(owner: String(name[name.index(after: name.startIndex)..<slash]))
        case "github":
            guard let slash = name.firstIndex(of: "/"), !Self.listings.contains(name) else { return nil }
            self.init(owner: String(name[..<slash]))
        default: return nil
        }
    }

    private init?(owner: String) {
        let isSlug = owner.utf8.allSatisfy { byte in
            byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x5F
        }
        guard isSlug, !owner.isEmpty, owner.utf8.count <= 64 else { return nil }
        self.init(slug: Self.owners[owner] ?? owner)
    }

    private static func lowered(_ text: String) -> String {
        String(decoding: text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private static let known = [
        Provider("aws", "AWS"), Provider("cloudflare", "Cloudflare"), Provider("getsentry", "Sentry"),
        Provider("github", "GitHub"), Provider("google", "Google"), Provider("hashicorp", "HashiCorp"),
        Provider("microsoft", "Microsoft"), Provider("modelcontextprotocol", "Model Context Protocol"),
        Provider("notionhq", "Notion"), Provider("stripe", "Stripe"), Provider("supabase", "Supabase"),
    ]

    /// Prefixes of PyPI names that one publisher uses for all its servers; PEP 503 takes `.`, `-` and `_` for one.
    private static let prefixes: [(prefix: String, slug: String)] = [
        ("awslabs.", "aws"), ("awslabs-", "aws"), ("awslabs_", "aws"),
    ]

    private static let names = [
        "msmcp-azure": "microsoft", "mcp-server-git": "modelcontextprotocol",
        "mcp-server-fetch": "modelcontextprotocol", "mcp-server-time": "modelcontextprotocol",
    ]

    /// Scopes and owners by which a provider goes beside its own name.
    private static let owners = [
        "aws": "aws", "awslabs": "aws", "aws-sdk": "aws", "azure": "microsoft", "azure-devops": "microsoft",
        "googleapis": "google", "google-cloud": "google", "sentry": "getsentry",
    ]

    /// Repositories that list other people's servers.
    private static let listings: Set<String> = ["docker/mcp-registry"]
}
