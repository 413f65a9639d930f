import ArgumentParser

struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "What tools do and how dangerous they are.",
        subcommands: [
            CatalogSearchCommand.self, CatalogShowCommand.self, CatalogClassifyCommand.self, CatalogBuildCommand.self,
            CatalogVerifyCommand.self, CatalogExportCommand.self,
            CatalogImportCommand.self, CatalogKeyCommand.self, CatalogEvaluateCommand.self,
        ])
}
