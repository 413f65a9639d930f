import Glibc
import NIOCore

extension ByteBuffer {
    /// How many readable bytes there are before the first line feed; nil where there is none.
    var lengthOfLine: Int? {
        withUnsafeReadableBytes { bytes in
            guard let start = bytes.baseAddress, let end = memchr(start, 0x0A, bytes.count) else { return nil }
            return UnsafeRawPointer(end) - start
        }
    }
}
