public import Fetching

/// Where an upstream is.
public typealias UpstreamAddress = WebAddress

/// What is wrong with an upstream's URL.
public typealias UpstreamAddressError = WebAddressError
