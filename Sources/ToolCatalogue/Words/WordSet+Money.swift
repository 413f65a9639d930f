/// Words by which money is told from what costs nothing. This is data.
extension WordSet {
    /// Verbs after which money or goods are gone, whatever the object.
    static let spending = set(
        "fund pay buy purchase refund reimburse disburse remit repay liquidate donate invest prepay redeem "
            + "payout wire")
    /// Takes what is owed.
    static let collecting = set("collect collects")
    static let due = set("money funds fee fees dues rent debt")
    /// What is booked for money.
    static let stays = set("flight hotel trip itinerary stay ride reservation booking cruise rental")
    /// What is booked without paying.
    static let visits = set("appointment restaurant table desk meeting class slot")
    /// What trading and coins are spoken of with.
    static let trading = set(
        "positions trade trades trading stock stocks crypto quote quotes bar bars candle candles leverage "
            + "margin portfolio wallet wallets swap staking nft mint orderbook ticker futures liquidity bet bets "
            + "odds")
    /// Entries of a catalogue, on a server that deals in money.
    static let entries = set(
        "trigger triggers product products customer customers price prices coupon coupons discount discounts promotion code "
            + "plan watchlist alert alerts note notes memo tag label category item items inventory stock tracking "
            + "shipment contact contacts description template session report market image review cart list "
            + "document file collection comment metadata profile name link sandbox view dashboard search catalog "
            + "catalogue variant option folder location webpage page post event task issue message vendor "
            + "supplier level levels quantity availability")
    /// What a trader has done.
    static let own = set("history activity activities trades fills executions pnl margin")
    /// Says whose it is.
    static let possessive = set("my own your account's user's")
    /// What advertisements are made of.
    static let advertising = set(
        "campaign campaigns ad ads adset adsets adgroup adgroups creative creatives audience audiences keyword keywords "
            + "bid bids bidding impression impressions")
    /// Of these, what is paid for wherever it stands.
    static let paidAds = set(
        "ad ads adset adsets adgroup adgroups creative creatives bid bids bidding impression impressions")
    /// What is only about money: how it is asked for, reported or limited, not money itself.
    static let aboutMoney = set(
        "setting settings method methods limit limits schedule profile address terms report reports template "
            + "rule webhook preferences config configuration account category note tag attachment provider gateway "
            + "processor reminder policy plan plans")
    /// What somebody can hand over without paying.
    static let handedOver = set(
        "app apps application project projects repository repo domain ownership issue issues call playback file files "
            + "data team workspace site ticket chat conversation lead lock role group number device vm server job")
    /// What something takes.
    static let costs = set("cost costs charge price spend payment")
    /// Paid as soon as it stands.
    static let standing = set("standing recurring market")
    /// What can be owned on a chain.
    static let assets = set("token tokens nft nfts coin coins asset assets")
    /// Verbs that trade, where what is traded follows.
    static let tradingVerbs = set("close convert subscribe start open launch exit flatten")
    /// What is traded.
    static let tradedThings = set(
        "position positions savings trade trades trading balances grid earn holdings leverage bot")
    /// Figures that are worked out, not traded.
    static let rates = set("rate rates currency price prices unit units quote")
    /// What is paid later, or at once with a broker.
    static let orders = set("order orders")
    /// What shows the money of one holder.
    static let statements = set("transactions statement statements activity activities history payouts transfers")
    /// Where money is kept.
    static let ledgers = set("account accounts bank card cards wallet wallets")
    /// How much there is.
    static let balances = set("balance balances cash holdings funds")
    /// A balance sheet is published; a balance is not.
    static let sheets = set("sheet sheets")
}
