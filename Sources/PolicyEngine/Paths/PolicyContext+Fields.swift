extension PolicyContext {
    /// Lends what is known of the field; `nil` when the call has no such context.
    @inline(__always)
    func withSight<Result>(
        of field: ContextField, in zone: Zone, _ body: (borrowing Sight, borrowing Span<UInt8>) -> Result
    ) -> Result? {
        switch field {
        case .toolName: tool.map { lend($0.utf8.span, body) }
        case .toolCategory: toolCategory.map { lend($0.utf8.span, body) }
        case .toolRisk: toolRisk.map { lend($0.utf8.span, body) }
        case .serverName: lend(serverName.utf8.span, body)
        case .grantLabel: lend(grantLabel.utf8.span, body)
        case .grantTag(let name): tag(name).map { lend($0.utf8.span, body) }
        case .principalID: principalID.map { lend($0.utf8.span, body) }
        case .principalEmail: principalEmail.map { lend($0.utf8.span, body) }
        case .timeHour: time.map { body(.number(LocalTime(at: $0, in: zone).hour), Span()) }
        case .timeWeekday: time.map { lend(LocalTime(at: $0, in: zone).weekday.rawValue.utf8.span, body) }
        }
    }

    @inline(__always)
    private func lend<Result>(
        _ text: borrowing Span<UInt8>, _ body: (borrowing Sight, borrowing Span<UInt8>) -> Result
    ) -> Result {
        body(.text(text.indices), text)
    }

    // A dictionary finds a canonically equivalent key too; names are equal only as bytes.
    private func tag(_ name: String) -> String? {
        guard let found = grantTags.index(forKey: name), grantTags[found].key.utf8.elementsEqual(name.utf8) else {
            return nil
        }
        return grantTags[found].value
    }
}
