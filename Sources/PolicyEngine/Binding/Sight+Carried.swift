import WireJSON

extension Sight {
    /// What the JSON says that this text carries, read as strictly as the call itself: with a key twice or a number cut
    /// short, the server may see something else.
    ///
    /// - Parameter source: the bytes that a text as received lies in.
    func carried(in source: borrowing Span<UInt8>) -> Sight {
        switch kind {
        case .absent: return .absent()
        case .obscured: return .obscured(obscurity)
        case .text, .spelledText: break
        case .null, .truth, .number, .largeNumber, .list, .object: return .obscured(.notCarried)
        }
        let bytes = withText(in: source) { text in
            text.count <= PolicyBounds.carriedBytes ? text.withUnsafeBufferPointer { Array($0) } : []
        }
        guard let json = try? JSON(bytes) else { return .obscured(.notCarried) }
        return Sight(json, in: bytes.span, from: origin == .schema ? .schema : .carried)
    }
}
