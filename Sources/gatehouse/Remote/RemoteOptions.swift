import ArgumentParser
import Fetching
import Foundation
import WireJSON

/// Which running instance a command acts through, and how it prints.
struct RemoteOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The data folder of the instance on this machine.", valueName: "folder"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The console of an instance elsewhere; its token is in GATEHOUSE_TOKEN.", valueName: "url"))
    var console: String?

    @Flag(help: "Send the token in the clear (http) to a console on another machine.")
    var allowHttp = false

    @Option(help: ArgumentHelp("The organisation to act for, where there are several.", valueName: "id"))
    var organisation: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if let console { _ = try origin(of: console) }
    }

    /// The instance: the one named, or the one that runs on this machine.
    func instance() throws -> RemoteInstance {
        let environment = ProcessInfo.processInfo.environment
        if let console = console ?? environment["GATEHOUSE_CONSOLE"] {
            let origin: String
            do throws(ValidationError) { origin = try self.origin(of: console) } catch {
                throw CommandFailure(error.message, .checkFailed)
            }
            guard let token = environment["GATEHOUSE_TOKEN"], !token.isEmpty else {
                throw CommandFailure("set GATEHOUSE_TOKEN to a token of `gatehouse token create`", .checkFailed)
            }
            return RemoteInstance(url: origin, token: token, organisation: organisation)
        }
        let folder = DataFolder.chosen(data)
        guard let door = LocalDoor.find(in: folder) else {
            throw CommandFailure(
                "no instance runs with the data folder `\(folder)` – start `gatehouse serve`, or give --data or --console"
            )
        }
        return RemoteInstance(url: door.url, token: door.token, organisation: organisation, isOperators: true)
    }

    /// Where a console is that was typed: whoever listens on the way to another machine would have the token.
    private func origin(of console: String) throws(ValidationError) -> String {
        let address: WebAddress
        do throws(WebAddressError) { address = try WebAddress(console, isOperatorTyped: true) } catch {
            throw ValidationError("`\(console)` is no address of a console: \(error)")
        }
        guard address.path == "/" else {
            throw ValidationError("`\(console)`: a console's address ends with its host and port")
        }
        let isHere = ListenAddress(host: address.host, port: address.port).isLoopback
        guard address.scheme == .https || isHere || allowHttp else {
            throw ValidationError(
                "refusing to send the token to \(address.origin) in the clear – give an https address, or --allow-http")
        }
        return address.origin
    }

    /// Prints an answer: as it came, or these members of it.
    func show(_ answer: JSON?, _ columns: [String]) {
        guard let answer else { return }
        guard !json else { return print(TerminalText.json(answer.bytes)) }
        for column in columns {
            guard let value = answer[column] else { continue }
            print("\(column.padding(toLength: 14, withPad: " ", startingAt: 0))\(RemoteTable.text(value))")
        }
    }

    /// Prints a listing: an array, or a table.
    func show(_ items: [JSON], _ columns: [String]) {
        guard json else { return print(RemoteTable.text(items, columns)) }
        var writer = JSONWriter()
        writer.array { writer in for item in items { writer.raw(Array(item.bytes)) } }
        print(TerminalText.json(writer.bytes))
    }

    /// Prints the items that an answer holds.
    func show(itemsOf answer: JSON?, under key: String = "items", _ columns: [String]) {
        show(answer?[key].map { Array($0.elements) } ?? [], columns)
    }

    /// Prints something new: its token alone on standard output, so that it can be piped.
    func show(issued answer: JSON?) {
        guard !json else { return show(answer, []) }
        print(TerminalText.line(answer?["token"]?.string ?? ""))
        Terminal.say("this is the only time the token is shown")
    }

    /// Prints the link by which somebody joins.
    func show(linkOf answer: JSON?, at instance: RemoteInstance) {
        guard !json else { return show(answer, []) }
        print("\(instance.url)/join/\(RemoteInstance.encoded(answer?["token"]?.string ?? ""))")
    }
}

/// Answers as a table on a terminal.
enum RemoteTable {
    static func text(_ items: [JSON], _ columns: [String]) -> String {
        guard !items.isEmpty else { return "nothing" }
        let rows = [columns] + items.map { item in columns.map { column in item[column].map { text($0) } ?? "" } }
        let widths = columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
                .replacing(#/ +$/#, with: "")
        }.joined(separator: "\n")
    }

    /// One value on one line, without what a terminal would obey.
    static func text(_ value: JSON) -> String {
        TerminalText.line(value.string ?? String(decoding: value.bytes, as: UTF8.self))
    }
}
