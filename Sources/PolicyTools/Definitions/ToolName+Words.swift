import PolicyEngine

extension ToolName {
    /// The words of the name in lower case: `deleteUser`, `delete_user` and `delete-user` have the same two.
    var words: [String] {
        var words: [String] = []
        var word: [UInt8] = []
        var previous = UInt8(ascii: "_")
        for byte in utf8 {
            let isUpper = byte &- 0x41 < 26
            let isLower = byte &- 0x61 < 26
            if !isUpper, !isLower {
                end(&word, &words)
            } else {
                if isUpper, previous &- 0x61 < 26 { end(&word, &words) }
                word.append(byte | 0x20)
            }
            previous = byte
        }
        end(&word, &words)
        return words
    }

    private func end(_ word: inout [UInt8], _ words: inout [String]) {
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word = []
    }
}
