/// Finds a few bytes in many.
enum ByteSearch {
    /// Where `piece`, which is not empty, first stands in `text`.
    static func first(_ piece: [UInt8], in text: [UInt8]) -> Int? {
        guard text.count >= piece.count, let head = piece.first else { return nil }
        return text.withUnsafeBufferPointer { text in
            var position = 0
            while position <= text.count - piece.count {
                if text[position] == head {
                    var matched = 1
                    while matched < piece.count, text[position + matched] == piece[matched] { matched += 1 }
                    if matched == piece.count { return position }
                }
                position += 1
            }
            return nil
        }
    }
}
