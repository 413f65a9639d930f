import Gateway

/// Requests to a server that asks for a token wait until there is one, and go out once more with another where it turned
/// down theirs: it did nothing for them (RFC 9110 section 15.5.2).
extension UpstreamLoop {
    /// Sends an exchange whose route is agreed, once it may go out.
    func dispatch(_ exchange: Exchange) {
        guard let authorization = core.authorization else { return pool(for: exchange).dispatch(exchange) }
        let id = exchange.id
        let admission = authorization.admission {
            waiter { loop, failure in
                guard let exchange = loop.exchanges[id] else { return }
                if let failure { exchange.fail(failure) } else { loop.pool(for: exchange).dispatch(exchange) }
            }
        }
        switch admission {
        case .go: pool(for: exchange).dispatch(exchange)
        case .wait: break
        case .refuse(let failure): exchange.fail(failure)
        }
    }

    /// Whether an exchange goes out again because its token was turned down.
    func sendReauthorized(_ exchange: Exchange, after ending: Ending) -> Bool {
        guard let authorization = core.authorization, case .status(let head, _) = ending, head.status == 401,
            let line = exchange.bearing
        else { return false }
        authorization.turnedDown(line)
        guard exchange.reauthorizations < OAuthLimits.resends else { return false }
        exchange.reauthorize()
        dispatch(exchange)
        return true
    }
}
