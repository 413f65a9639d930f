import ArgumentParser

struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Look up what known servers' tools do and how dangerous they are; make a catalogue.",
        subcommands: [
            CatalogSearchCommand.self, CatalogShowCommand.self, CatalogClassifyCommand.self, CatalogBuildCommand.self,
            CatalogVerifyCommand.self, CatalogExportCommand.self,
            CatalogImportCommand.self, CatalogKeyCommand.self, CatalogEvaluateCommand.self,
        ])
}
