/// An attribute of an element. Its value is escaped; where it is an address, only an ``Address`` will do; and there is
/// neither a `style` nor any that runs something.
struct Attribute: Sendable {
    private let name: StaticString
    /// Nil for an attribute that is there or not.
    private let value: String?
    private var isVerbatim = false

    private init(_ name: StaticString, _ value: String?, isVerbatim: Bool = false) {
        self.name = name
        self.value = value
        self.isVerbatim = isVerbatim
    }

    func append(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: " "))
        name.withUTF8Buffer { bytes += $0 }
        guard let value else { return }
        bytes += "=\"".utf8
        EscapedText.append(isVerbatim ? value : HiddenText.shown(value), to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    // MARK: Addresses

    static func action(_ address: Address) -> Attribute { Attribute("action", address.text, isVerbatim: true) }
    static func href(_ address: Address) -> Attribute { Attribute("href", address.text, isVerbatim: true) }
    /// The address of a page as its meta data names it.
    static func content(_ address: Address) -> Attribute { Attribute("content", address.text, isVerbatim: true) }

    // MARK: Texts

    static func ariaCurrent(_ what: StaticString) -> Attribute { Attribute("aria-current", "\(what)") }
    static func ariaDescribedBy(_ id: String) -> Attribute { Attribute("aria-describedby", id) }
    static func ariaLabel(_ text: String) -> Attribute { Attribute("aria-label", text) }
    static func ariaLabelledBy(_ id: String) -> Attribute { Attribute("aria-labelledby", id) }
    static func autocomplete(_ what: StaticString) -> Attribute { Attribute("autocomplete", "\(what)") }
    static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
    static func colspan(_ count: Int) -> Attribute { Attribute("colspan", "\(count)") }
    static func content(_ text: String) -> Attribute { Attribute("content", text) }
    /// What a cell is called where a table became a list.
    static func dataLabel(_ text: String) -> Attribute { Attribute("data-label", text) }
    /// An exact time, ISO 8601.
    static func datetime(_ text: String) -> Attribute { Attribute("datetime", text) }
    static func download(_ name: StaticString) -> Attribute { Attribute("download", "\(name)") }
    static func `for`(_ id: String) -> Attribute { Attribute("for", id) }
    static func id(_ id: String) -> Attribute { Attribute("id", id) }
    static func lang(_ language: StaticString) -> Attribute { Attribute("lang", "\(language)") }
    static func max(_ number: Int) -> Attribute { Attribute("max", "\(number)") }
    static func maxlength(_ count: Int) -> Attribute { Attribute("maxlength", "\(count)") }
    static func name(_ name: String) -> Attribute { Attribute("name", name) }
    static func placeholder(_ text: String) -> Attribute { Attribute("placeholder", text) }
    static func property(_ name: StaticString) -> Attribute { Attribute("property", "\(name)") }
    static func rel(_ what: StaticString) -> Attribute { Attribute("rel", "\(what)") }
    static func role(_ role: StaticString) -> Attribute { Attribute("role", "\(role)") }
    static func rows(_ count: Int) -> Attribute { Attribute("rows", "\(count)") }
    static func scope(_ scope: StaticString) -> Attribute { Attribute("scope", "\(scope)") }
    static func tabindex(_ index: Int) -> Attribute { Attribute("tabindex", "\(index)") }
    static func title(_ text: String) -> Attribute { Attribute("title", text) }
    static func type(_ type: StaticString) -> Attribute { Attribute("type", "\(type)") }
    /// What a form sends back, exactly.
    static func value(_ text: String) -> Attribute { Attribute("value", text, isVerbatim: true) }

    // MARK: Words of HTML

    static let ariaDisabled = Attribute("aria-disabled", "true")
    static let ariaHidden = Attribute("aria-hidden", "true")
    static let ariaInvalid = Attribute("aria-invalid", "true")
    static let autofocus = Attribute("autofocus", nil)
    static let charset = Attribute("charset", "utf-8")
    static let checked = Attribute("checked", nil)
    static let disabled = Attribute("disabled", nil)
    static let get = Attribute("method", "get")
    static let hidden = Attribute("hidden", nil)
    static let open = Attribute("open", nil)
    static let post = Attribute("method", "post")
    static let readonly = Attribute("readonly", nil)
    static let required = Attribute("required", nil)
    static let selected = Attribute("selected", nil)
}
