import WireJSON

/// Puts a server's table into a TOML file: at its end, or in the place of the table that is there.
enum TOMLInsertion {
    static func putting(_ entry: GatewayEntry, into file: [UInt8]) throws(ClientFileProblem) -> [UInt8] {
        let document = try TOMLDocument(file)
        let newline: [UInt8] = file.firstRange(of: [0x0D, 0x0A]) == nil ? [0x0A] : [0x0D, 0x0A]
        let table = entry.toml().split(separator: 0x0A).flatMap { Array($0) + newline }
        let path = [Array("mcp_servers".utf8), Array(entry.name.utf8)]
        guard document.json["mcp_servers"]?[entry.name] != nil else {
            var edited = file
            if !edited.isEmpty, edited.last != 0x0A { edited += newline }
            if !edited.isEmpty { edited += newline }
            return edited + table
        }
        guard let first = document.headings.firstIndex(where: { $0.path == path }) else {
            throw ClientFileProblem(
                line: 1, column: 1, "the server stands in this file in a form that is not replaced; do it by hand")
        }
        // With the tables below it, up to the next that is another's.
        let following = document.headings[first...].firstIndex { !$0.path.starts(with: path) }
        let isInOnePlace =
            document.headings.indices.allSatisfy { index in
                !document.headings[index].path.starts(with: path) || index >= first && index < following ?? .max
            }
        guard isInOnePlace else {
            throw ClientFileProblem(
                line: 1, column: 1, "the server's tables stand in several places of this file; do it by hand")
        }
        let start = document.headings[first].offset
        let end = lastLine(before: following.map { document.headings[$0].offset } ?? file.count, after: start, in: file)
        return Array(file[..<start]) + table + Array(file[end...])
    }

    /// Where the last line with more than a comment on it ends: what stands between it and the next table is the next's.
    private static func lastLine(before limit: Int, after start: Int, in file: [UInt8]) -> Int {
        var end = limit
        while end > start {
            let line = file[start..<(end - 1)].lastIndex(of: 0x0A).map { $0 + 1 } ?? start
            let first = file[line..<end].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D && $0 != 0x0A }
            guard first == nil || first == UInt8(ascii: "#"), line > start else { return end }
            end = line
        }
        return end
    }
}
