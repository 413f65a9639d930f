/// What two policies decide differently.
public struct PolicyComparison: Sendable, Hashable {
    /// Whether a call may pass that did not, or with less asked of it.
    public var isLooser: Bool
    /// How many tools were compared; nil where the documents' own names were.
    public var tools: Int?
    public var changes: [Change]

    public init(isLooser: Bool, tools: Int?, changes: [Change]) {
        self.isLooser = isLooser
        self.tools = tools
        self.changes = changes
    }

    /// One thing that is decided differently.
    public struct Change: Sendable, Hashable {
        /// `looser`, `tighter` or `other`.
        public var direction: String
        /// A word for what has happened to the subject: `gained`, `hidden`, `capped`, …
        public var kind: String
        /// A tool's name, a pattern, or a sentence for whatever neither names.
        public var subject: String
        /// In words.
        public var detail: String
        /// JSON Pointers into the old and the new document.
        public var old: String?
        public var new: String?

        public init(direction: String, kind: String, subject: String, detail: String, old: String?, new: String?) {
            self.direction = direction
            self.kind = kind
            self.subject = subject
            self.detail = detail
            self.old = old
            self.new = new
        }
    }
}
