import PolicyFiles
import Upstreams

extension ConfigurationReader {
    /// What a stdio server's processes may use.
    mutating func limits(_ value: Located) -> StdioLimits {
        var limits = StdioLimits()
        let keys = ["memory", "processes", "descriptors", "children", "line", "idle"]
        for member in members(of: value, keys: keys) {
            let place = member.value
            switch member.key {
            case "memory": limits.memory = size(place, atLeast: 1 << 20) ?? limits.memory
            case "processes": limits.processes = count(place, atLeast: 1) ?? limits.processes
            // Three standard ones, and a few to load a program with.
            case "descriptors": limits.descriptors = count(place, atLeast: 16) ?? limits.descriptors
            case "children": limits.children = count(place, atLeast: 1) ?? limits.children
            case "line": limits.lineBytes = size(place, atLeast: 1 << 10) ?? limits.lineBytes
            case "idle": limits.idle = duration(place) ?? limits.idle
            default: break
            }
        }
        return limits
    }

    /// A number of bytes, or a number with `KiB`, `MiB` or `GiB`; at most 1024 GiB.
    private mutating func size(_ value: Located, atLeast least: Int) -> Int? {
        guard let text = text(value) else { return nil }
        let digits = text.prefix(while: \.isNumber)
        let scale = ["": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
        guard let number = Int(digits), let unit = scale[String(text.dropFirst(digits.count))],
            number <= (1 << 40) / unit, number * unit >= least
        else {
            report(value, "`\(text)` is no size for this", "write `512MiB` or `2GiB`")
            return nil
        }
        return number * unit
    }

    /// A number of things, at most a million.
    private mutating func count(_ value: Located, atLeast least: Int) -> Int? {
        guard let text = text(value) else { return nil }
        guard let number = Int(text), (least...1_000_000).contains(number) else {
            report(value, "`\(text)` is no number for this", "write a number from \(least) to 1000000")
            return nil
        }
        return number
    }
}
