/// A server as a client's configuration names it.
public struct ConfiguredServer: Sendable, Hashable {
    public enum Transport: Sendable, Hashable {
        case command(program: Concealed, arguments: [Concealed])
        /// Streamable HTTP or the older transport with events; which, the server tells.
        case url(Concealed)
        /// What the entry says is not enough to reach it, and why.
        case unreachable(String)
    }

    /// A variable or header: the name is told, the value is not.
    public struct Entry: Sendable, Hashable {
        public let name: String
        public let value: Value

        public enum Value: Sendable, Hashable {
            case text(Concealed)
            /// The name of a variable of the client's own environment that holds it.
            case variable(String)
            /// The same, after a word such as `Bearer`.
            case bearer(variable: String)
        }

        public init(name: String, value: Value) {
            self.name = name
            self.value = value
        }

        public static func == (left: Entry, right: Entry) -> Bool {
            left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
        }
    }

    /// The key it stands under. A stranger's text where the file is a stranger's.
    public let name: String
    public let transport: Transport
    public let environment: [Entry]
    public let headers: [Entry]
    public let workingDirectory: Concealed?
    public let isEnabled: Bool
    /// The project it is for, where one file names the servers of several.
    public let project: String?
    /// Where it stands in its file, from 1.
    public let line: Int
    public let column: Int

    public init(
        name: String, transport: Transport, environment: [Entry] = [], headers: [Entry] = [],
        workingDirectory: Concealed? = nil, isEnabled: Bool = true, project: String? = nil, line: Int = 1,
        column: Int = 1
    ) {
        self.name = name
        self.transport = transport
        self.environment = environment
        self.headers = headers
        self.workingDirectory = workingDirectory
        self.isEnabled = isEnabled
        self.project = project
        self.line = line
        self.column = column
    }

    /// Whether both are reached in the same way, so that asking one is asking the other: also in the same project, whose
    /// folder relative things are relative to.
    public func isReached(as other: ConfiguredServer) -> Bool {
        transport == other.transport && environment == other.environment && headers == other.headers
            && workingDirectory == other.workingDirectory
            && project.map { Array($0.utf8) } == other.project.map { Array($0.utf8) }
    }

    /// The texts in it that may be secrets, for taking them out of what a server says.
    public var concealed: [Concealed] {
        var texts: [Concealed] = []
        switch transport {
        case .command(let program, let arguments): texts += [program] + arguments
        case .url(let address): texts.append(address)
        case .unreachable: break
        }
        for entry in environment + headers {
            if case .text(let value) = entry.value { texts.append(value) }
        }
        return texts
    }
}

/// A secret can stand where a name belongs: neither is printed by accident.
extension ConfiguredServer.Entry: CustomStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
