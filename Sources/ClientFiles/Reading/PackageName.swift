/// The package that a command runs, read only where it is certain which of the arguments names it.
///
/// An option that is not known here could take the next argument as its value, and that could be a secret: then no
/// package is told.
public struct PackageName: Sendable, Hashable {
    /// `npm`, `pypi` or `oci`.
    public let registry: String
    public let name: String
    /// Empty where the command takes whatever is newest.
    public let version: String
    /// The program itself bears the name, and the package is taken from that.
    public let isProgram: Bool

    public init?(program: String, arguments: [String]) {
        var arguments = arguments[...]
        let program = Self.bare(program)
        if Self.isInterpreter(program) { return nil }
        switch program {
        case "npx", "bunx": self.init(npm: arguments)
        case "pnpm", "yarn":
            guard arguments.popFirst() == "dlx" else { return nil }
            self.init(npm: arguments)
        case "npm":
            guard let first = arguments.popFirst(), first == "exec" || first == "x" else { return nil }
            self.init(npm: arguments)
        case "uvx": self.init(pypi: arguments)
        case "uv":
            guard arguments.popFirst() == "tool", arguments.popFirst() == "run" else { return nil }
            self.init(pypi: arguments)
        case "pipx":
            guard arguments.popFirst() == "run" else { return nil }
            self.init(pypi: arguments)
        case "docker", "podman":
            guard arguments.popFirst() == "run" else { return nil }
            self.init(image: arguments)
        case "a program": return nil
        default: self.init("pypi", program, isProgram: true)
        }
    }

    /// Whether the program runs whatever its arguments say.
    static func isInterpreter(_ program: String) -> Bool {
        // `python3.12`, `node22`: a version behind the name is still the same.
        let name = bare(program)
        let end = name.lastIndex { !($0.isASCII && $0.isNumber) && $0 != "." && $0 != "-" }
        return interpreters.contains(end.map { String(name[...$0]) } ?? name)
    }

    private static let interpreters: Set<String> = [
        "node", "nodejs", "python", "pythonw", "py", "pypy", "bash", "sh", "dash", "zsh", "fish", "ksh", "cmd", "deno",
        "bun",
        "tsx", "ts-node", "java", "go", "ruby", "php", "perl", "lua", "env", "powershell", "pwsh", "osascript",
        "wscript",
        "cscript", "sudo", "doas", "su", "nohup", "xargs", "ssh", "wsl", "cargo", "make", "dotnet", "busybox",
    ]

    /// Its name without what Windows puts behind it.
    private static func bare(_ program: String) -> String {
        let name = program.lowercased()
        let isDecorated = [".cmd", ".exe", ".bat", ".ps1"].contains { name.hasSuffix($0) }
        return isDecorated ? String(name.dropLast(4)) : name
    }

    private init?(npm arguments: ArraySlice<String>) {
        guard
            let word = Self.word(
                arguments, flags: ["-y", "--yes", "-q", "--quiet", "--"], taking: ["-p", "--package"])
        else { return nil }
        // The scope's own `@` is no version's.
        let at = word.dropFirst().lastIndex(of: "@")
        self.init("npm", String(at.map { word[..<$0] } ?? word[...]), at.map { String(word[word.index(after: $0)...]) })
    }

    private init?(pypi arguments: ArraySlice<String>) {
        guard
            let word = Self.word(
                arguments, flags: ["-q", "--quiet", "--no-cache", "--offline", "--isolated", "--"],
                taking: ["--from", "--spec"], passing: ["--with", "--python", "-p"])
        else { return nil }
        let end = word.firstIndex { "[=<>~!@ ".contains($0) } ?? word.endIndex
        let version = word[end...].split(whereSeparator: { "=@ ".contains($0) }).last.map(String.init)
        self.init(
            "pypi", String(word[..<end]), word[end...].contains("=") || word[end...].contains("@") ? version : nil)
    }

    private init?(image arguments: ArraySlice<String>) {
        guard
            let word = Self.word(
                arguments,
                flags: ["-i", "--interactive", "--rm", "-t", "--tty", "-it", "-ti", "--init", "--read-only"],
                taking: [],
                passing: [
                    "-e", "--env", "-v", "--volume", "--mount", "--name", "--network", "--net", "-p", "--publish", "-w",
                    "--workdir", "-u", "--user", "--platform", "--pull", "--env-file", "--add-host", "-l", "--label",
                ])
        else { return nil }
        let slash = word.lastIndex(of: "/") ?? word.startIndex
        let end = word.firstIndex(of: "@") ?? word[slash...].firstIndex(of: ":") ?? word.endIndex
        let version = end < word.endIndex ? String(word[word.index(after: end)...]) : nil
        self.init("oci", String(word[..<end]), version)
    }

    private init?(_ registry: String, _ name: String, _ version: String? = nil, isProgram: Bool = false) {
        let isName = name.utf8.allSatisfy { byte in
            byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
                || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x2F || byte == 0x40
        }
        guard isName, !name.isEmpty, name.utf8.count <= 214, !name.contains("//"), !SecretShape.fits(name) else {
            return nil
        }
        self.registry = registry
        self.name = name
        let isVersion = version.map { $0.utf8.count <= 40 && !SecretShape.fits($0) } ?? false
        self.version = isVersion ? (version ?? "") : ""
        self.isProgram = isProgram
    }

    /// The argument that names the package: the value of an option that gives it, or the first that is no option.
    private static func word(
        _ arguments: ArraySlice<String>, flags: Set<String>, taking: Set<String>, passing: Set<String> = []
    ) -> String? {
        var rest = arguments
        while let argument = rest.popFirst() {
            if taking.contains(argument) { return rest.first }
            if passing.contains(argument) {
                _ = rest.popFirst()
            } else if !argument.hasPrefix("-") {
                return argument
            } else if let equals = argument.firstIndex(of: "=") {
                let option = String(argument[..<equals])
                if taking.contains(option) { return String(argument[argument.index(after: equals)...]) }
                guard passing.contains(option) else { return nil }
            } else if !flags.contains(argument) {
                return nil
            }
        }
        return nil
    }
}
