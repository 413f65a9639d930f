extension CatalogueServer {
    /// The command by which a package manager starts this server in the version that was looked at: a program and its
    /// arguments, no shell.
    ///
    /// Nil where the registry has no command that is known to start its packages, where no version is known that could be
    /// pinned, and where the package's name could be taken for an option, or holds what names of packages do not.
    public var pinnedCommand: [String]? {
        guard let first = package.utf8.first, first == UInt8(ascii: "@") || Self.isLetterOrDigit(first),
            let leading = version.utf8.first, Self.isLetterOrDigit(leading),
            (package + version).utf8.allSatisfy(Self.isPart)
        else { return nil }
        switch registry {
        case "pypi": return ["uvx", "\(package)@\(version)"]
        case "npm": return ["npx", "-y", "\(package)@\(version)"]
        default: return nil
        }
    }

    private static func isPart(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "@/._+-".utf8.contains(byte) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
