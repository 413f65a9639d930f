/// Why a catalogue file is not taken.
public enum CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    case notACatalogue
    case laterFormat(String)
    case tooLarge
    /// The last line, which signs the others, is missing or malformed.
    case unsigned
    /// What is signed is not what is there.
    case altered
    /// Signed with a key that is not among the trusted ones.
    case strangeKey(String)
    case malformed(line: Int)
    /// The header counts otherwise.
    case miscounted

    public var description: String {
        switch self {
        case .notACatalogue: "this is no catalogue file"
        case .laterFormat(let format): "the catalogue has the later format `\(format)`"
        case .tooLarge: "the catalogue is too large"
        case .unsigned: "the catalogue is not signed, or cut off"
        case .altered: "the catalogue was altered after it was signed"
        case .strangeKey(let key): "the catalogue is signed with the key `\(key)`, which is not trusted"
        case .malformed(let line): "line \(line) of the catalogue is malformed"
        case .miscounted: "the catalogue does not hold as much as it says"
        }
    }
}
