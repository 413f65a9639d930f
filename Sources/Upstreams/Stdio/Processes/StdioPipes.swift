import CChildProcess
import Gateway
import Glibc

/// The three pipes between this process and one child, all ends close-on-exec.
struct StdioPipes {
    struct Pipe {
        let read: CInt
        let write: CInt
    }

    /// The child reads it.
    let input: Pipe
    /// The child writes it.
    let output: Pipe
    /// The child writes it.
    let errors: Pipe

    init() throws(UpstreamFailure) {
        var open: [Pipe] = []
        for _ in 0..<3 {
            do {
                open.append(try Self.pipe())
            } catch {
                for pipe in open {
                    Glibc.close(pipe.read)
                    Glibc.close(pipe.write)
                }
                throw error
            }
        }
        (input, output, errors) = (open[0], open[1], open[2])
    }

    func closeChildEnds() {
        close(input.read)
        close(output.write)
        close(errors.write)
    }

    func close(_ descriptor: CInt) {
        Glibc.close(descriptor)
    }

    private static func pipe() throws(UpstreamFailure) -> Pipe {
        var ends: [CInt] = [-1, -1]
        var reason: CInt = 0
        guard gatehouse_pipe(&ends, &reason) == 0 else {
            throw UpstreamFailure(
                .unreachable, "no pipe to a child could be made: errno \(reason)", wroteNothing: true)
        }
        return Pipe(read: ends[0], write: ends[1])
    }
}
