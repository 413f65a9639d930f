/// Every bound of this module. What lies beyond one is not read, and the verdict says so.
public enum CatalogueBounds {
    /// Bytes of a name that are read; a longer one is cut.
    public static let nameBytes = 256
    /// Words of a name that are read.
    static let nameWords = 24
    /// Bytes of a description that are read for what it says.
    static let descriptionBytes = 1_500
    /// Words of a description that are read.
    static let descriptionWords = 160
    /// Properties of a schema that are read, at all depths together.
    static let properties = 192
    /// How deep a schema is followed, references included.
    static let depth = 8
    /// Values of one enumeration that are read.
    static let choices = 48
    /// Bytes of a text that lists the values of an argument, and words of it.
    static let choiceBytes = 640
    static let choiceWords = 96
    /// Bytes of a tool's description in which the line about an argument is looked for.
    static let argumentBytes = 4_096
    /// Tools of a server that give context.
    static let siblings = 512
    /// Pieces of evidence that are kept.
    static let evidence = 12

    /// Bytes of a catalogue file.
    public static let catalogueFile = 512 << 20
    /// Bytes of the words that a catalogue keeps of a definition as evidence: words, not sentences.
    public static let foundBytes = 48
    /// How many those words may be.
    public static let foundWords = 3

    // MARK: Registries

    /// Entries of one page that are read.
    static let registryEntries = 10_000
    /// Entries of all pages of one import.
    public static let registryEntriesOfAll = 1_000_000
    /// Packages of one entry that are read.
    static let registryPackages = 32
    /// Pages of one registry that are followed.
    static let registryPages = 20_000

    // MARK: The scan for poisoning

    /// Bytes of one text that are scanned; a longer one is reported.
    static let scannedText = 256 * 1024
    /// Words of one text that are scanned.
    static let scannedWords = 32 * 1024
    /// Values of one definition that are scanned.
    static let scannedValues = 20_000
    /// How deep a definition is scanned.
    static let scannedDepth = 64
    /// Findings of one sort in one text.
    static let findings = 16
    /// A text longer than this is worth a notice.
    static let usualText = 8 * 1024
    /// A run of base64 or hexadecimal from this length on is reported.
    static let encodedRun = 96
    /// Names of other servers' tools that are known to a scan.
    static let otherTools = 200_000
}
