import Gateway
import NIOCore
import NIOPosix
import Subprocess
import SystemPackage

/// One child's life as a task: its pipes, their adoption by the event loop, the spawn, the wait for its end, and the
/// end of its whole group.
struct StdioLifetime: Sendable {
    let command: StdioCommand
    let limits: StdioLimits
    let warden: StdioWarden
    let child: NIOLoopBound<StdioChild>

    func run() async {
        var group: ProcessGroup?
        do {
            let status = try await live(&group)
            tell { $0.ended(Self.words(for: status)) }
        } catch {
            let detail = "\(error)"
            // A failure of this side's own is one before the child was let run.
            if group == nil || error is UpstreamFailure {
                let failure = error as? UpstreamFailure ?? UpstreamFailure(.unreachable, detail, wroteNothing: true)
                tell { $0.failedToStart(failure) }
            } else {
                tell { $0.ended("is lost: \(detail)") }
            }
        }
    }

    private func live(_ group: inout ProcessGroup?) async throws -> TerminationStatus {
        let executable = try await located()
        let pipes = try StdioPipes()
        do {
            try await adopt(pipes)
        } catch {
            pipes.closeChildEnds()
            throw error
        }
        defer {
            // The leader is gone and reaped, others of its group may not be. While any lives, the kernel gives the
            // group's number to nobody else; where none does, it is not given anew for a whole round of numbers.
            group?.kill()
            group.map(warden.forget)
            group.map(ProcessGuard.shared.forget)
        }
        var refusal: UpstreamFailure?
        let result = try await Subprocess.run(
            configuration(running: executable),
            input: .fileDescriptor(FileDescriptor(rawValue: pipes.input.read), closeAfterSpawningProcess: true),
            output: .fileDescriptor(FileDescriptor(rawValue: pipes.output.write), closeAfterSpawningProcess: true),
            error: .fileDescriptor(FileDescriptor(rawValue: pipes.errors.write), closeAfterSpawningProcess: true)
        ) { execution in
            let started = ProcessGroup(leader: execution.processIdentifier.value)
            group = started
            ProcessGuard.shared.watch(started)
            do throws(UpstreamFailure) {
                try warden.take(started, child)
            } catch {
                refusal = error
                started.kill()
                return
            }
            tell { $0.started(started) }
        }
        if let refusal { throw refusal }
        return result.terminationStatus
    }

    private func configuration(running executable: Executable) -> Configuration {
        var options = PlatformOptions()
        options.createSession = true
        // Only for a cancelled `run()`; otherwise the child's end is the event loop's business.
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: limits.terminateGrace)
        ]
        let variables = command.environment.map { (Environment.Key(stringLiteral: $0), $1) }
        return Configuration(
            executable: executable,
            arguments: Arguments(Array(command.arguments.dropFirst())),
            environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
            workingDirectory: command.workingDirectory.map { FilePath($0) },
            platformOptions: options)
    }

    /// Looked up in the gateway's `PATH`: the child's own may be missing, or part of what is being confined.
    private func located() async throws -> Executable {
        guard !command.program.utf8.contains(UInt8(ascii: "/")) else { return .path(FilePath(command.program)) }
        do {
            return .path(try await Executable.name(command.program).resolveExecutablePath(in: .inherit))
        } catch {
            throw UpstreamFailure(.unreachable, "there is no program `\(command.program)` in PATH", wroteNothing: true)
        }
    }

    /// Hands this side's ends to the child's event loop. The channels own them from here on.
    private func adopt(_ pipes: StdioPipes) async throws {
        let loop = child.eventLoop
        do {
            _ = try await NIOPipeBootstrap(group: loop)
                .channelOption(
                    .writeBufferWaterMark,
                    value: .init(low: limits.unwrittenBytes / 2, high: limits.unwrittenBytes)
                )
                .channelInitializer { [child] channel in
                    channel.eventLoop.makeCompletedFuture { try child.value.adopt(conversation: channel) }
                }
                .takingOwnershipOfDescriptors(input: pipes.output.read, output: pipes.input.write).get()
        } catch {
            // Whether the two were taken before it failed cannot be told; the third was not.
            pipes.close(pipes.errors.read)
            throw error
        }
        _ = try await NIOPipeBootstrap(group: loop)
            .channelInitializer { [child] channel in
                channel.eventLoop.makeCompletedFuture { try child.value.adopt(errors: channel) }
            }
            .takingOwnershipOfDescriptor(input: pipes.errors.read).get()
    }

    private func tell(_ perform: @escaping @Sendable (StdioChild) -> Void) {
        child.eventLoop.execute { [child] in perform(child.value) }
    }

    private static func words(for status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "exited with status \(code)"
        case .signaled(let signal): "was ended by signal \(signal)"
        }
    }
}
