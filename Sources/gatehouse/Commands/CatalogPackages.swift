import Foundation
import ToolCatalogue

/// Reads a table of packages: registry, name and version, with tabs between, under a heading that names the columns.
enum CatalogPackages {
    static func read(_ path: String) throws -> [CataloguePackage] {
        let data = try ReadFile.bytes(path, atMost: CatalogDefinitions.largestFile, "the table of packages")
        var packages: [CataloguePackage] = []
        for (number, line) in String(decoding: data, as: UTF8.self).split(separator: "\n").enumerated().dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count >= 3, !cells[0].isEmpty, !cells[1].isEmpty else {
                throw CommandFailure("\(path):\(number + 1): no package", .checkFailed)
            }
            packages.append(CataloguePackage(registry: cells[0], name: cells[1], version: cells[2]))
        }
        return packages
    }
}
