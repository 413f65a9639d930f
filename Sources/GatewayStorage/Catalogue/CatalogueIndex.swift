public import ToolCatalogue

/// Finds servers and tools of a catalogue by what people type, among a million.
///
/// **What matches.** A text is cut into words (``SearchWords``). A tool matches where each of them begins a word of its
/// name, of its server's or of its package's; or where all of them together, without what stood between, begin its name.
/// A server matches by its own words. What a query filters by must hold besides.
///
/// **In which order.** Tools whose own names have all the words come first. Then fewer words come before more, shorter
/// names before longer, more dangerous tools before others. A server that is called exactly what was typed comes first,
/// then those with more tools (``SearchOrder``).
///
/// **Where nothing matches**, words that nearly do are taken in their place (``NearTerms``), and the results say so.
public protocol CatalogueIndex: Sendable {
    /// Takes a catalogue in place of the one before, all of it or nothing.
    ///
    /// - Parameter digest: tells one catalogue from another, so that the same is not taken twice.
    func replace(with catalogue: Catalogue, digest: String) async throws(StorageError)

    /// Which catalogue is indexed and how much it holds; nil where there is none yet.
    func edition() async throws(StorageError) -> CatalogueEdition?

    /// What a query finds.
    func search(_ query: CatalogueQuery) async throws(StorageError) -> CatalogueResults

    /// A server with its tools, by the bytes of its slug.
    func server(_ slug: String) async throws(StorageError) -> CatalogueServer?

    /// Who publishes servers whose tools are known, those with the most servers first; at most
    /// ``StorageBounds/catalogueProviders``.
    func providers() async throws(StorageError) -> [CatalogueProviderEntry]
}
