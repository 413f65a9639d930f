import ArgumentParser
import Foundation
import Gateway
import PolicyEngine
import PolicyTools
import ToolCatalogue
import ToolInventory

/// Where a scan's reports go, and what makes it fail.
struct ScanOutput: ParsableArguments {
    @Flag(help: "Print a JSON object instead of text; Docs/Scan.md describes it.") var json = false
    @Flag(help: "Show every tool, not only the worst of each server.") var all = false

    @Option(help: ArgumentHelp("Also write a SARIF 2.1.0 file, for code scanning.", valueName: "file"))
    var sarif: String?

    @Option(help: ArgumentHelp("Also write a page that can be opened anywhere.", valueName: "file"))
    var html: String?

    @Option(
        help: ArgumentHelp(
            "Write a recommended policy for each server into this folder; files that are there stay.",
            valueName: "folder"))
    var writePolicies: String?

    @Option(
        help: ArgumentHelp(
            "Also write the definitions that servers listed, for `catalog import` and `catalog build`.",
            valueName: "file.jsonl"))
    var definitions: String?

    @Option(help: ArgumentHelp("Exit with 1 when something is at least this bad.", valueName: "risk"))
    var failOn: RiskWord?

    func reaches(_ inventory: Inventory) -> Bool { failOn.map { inventory.reaches($0.risk) } ?? false }

    func write(_ result: ScanRun.Result, colours: Bool) throws {
        let inventory = result.inventory
        if let sarif { try Self.write(InventorySARIF.bytes(inventory, version: House.version), to: sarif) }
        if let html { try Self.write(Array(InventoryHTML.page(inventory).utf8), to: html) }
        if let definitions { try Self.write(result.definitions.flatMap { $0 + [0x0A] }, to: definitions) }
        if let writePolicies { try Self.writePolicies(inventory, to: writePolicies) }
        if json {
            FileHandle.standardOutput.write(Data(InventoryJSON.bytes(inventory) + [0x0A]))
        } else {
            let text = InventoryText(isColoured: colours, showsAll: all).text(inventory)
            FileHandle.standardOutput.write(Data(text.utf8))
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure("the file `\(path)` cannot be written")
        }
    }

    private static func writePolicies(_ inventory: Inventory, to folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("the folder `\(folder)` cannot be made")
        }
        var taken = Set<String>()
        for (server, document) in inventory.policies {
            var name = fileName(server.name)
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(fileName(server.name))-\(number)"
                number += 1
            }
            var (form, text) = (PolicyFormatter.Form.yaml, try? PolicyDocuments.text(document, as: .yaml))
            // A name that YAML cannot tell from another, JSON can.
            if text == nil { (form, text) = (.json, try PolicyDocuments.text(document, as: .json)) }
            let path = "\(folder)/\(name).\(form.rawValue)"
            if FileManager.default.fileExists(atPath: path) {
                Terminal.say("\(path): is there already and stays as it is")
            } else {
                try write(Array((text ?? "").utf8), to: path)
                Terminal.say("\(path): \(document.tools.entries.count) tools, \(document.tools.hide.count) hidden")
            }
        }
    }

    /// A server's name as a file's: nothing that leads out of the folder, or hides in it.
    private static func fileName(_ name: String) -> String {
        let kept = name.lowercased().utf8.map { byte -> UInt8 in
            byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x5F ? byte : 0x2D
        }
        let text = String(decoding: kept.prefix(80), as: UTF8.self)
        return text.allSatisfy { $0 == "-" } ? "server" : text
    }
}

/// A risk as a command line spells it.
enum RiskWord: String, ExpressibleByArgument, CaseIterable {
    case low, medium, high, critical

    var risk: Risk {
        switch self {
        case .low: .low
        case .medium: .medium
        case .high: .high
        case .critical: .critical
        }
    }
}
