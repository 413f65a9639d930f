import Dispatch
import Gateway
import GatewayStorage

extension GatewayClock {
    /// The system's clocks.
    static let system = GatewayClock(wall: WallTime.system, steady: { DispatchTime.now().uptimeNanoseconds })
}
