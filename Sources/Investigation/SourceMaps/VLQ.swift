/// The numbers of a source map: base 64, five bits at a time, the sign in the lowest bit.
struct VLQ {
    private static let values: [Int8] = {
        var values = [Int8](repeating: -1, count: 256)
        for (value, digit) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(digit)] = Int8(value)
        }
        return values
    }()

    // More than any file has lines or columns; a longer number is damage.
    private static let mostBits = 32

    /// Reads one number and moves behind it; nil for what is none.
    static func read(_ bytes: [UInt8], at position: inout Int) -> Int? {
        var (result, shift) = (0, 0)
        while position < bytes.count, shift <= mostBits {
            let digit = Int(values[Int(bytes[position])])
            guard digit >= 0 else { return nil }
            position += 1
            result |= (digit & 31) << shift
            shift += 5
            if digit & 32 == 0 { return result & 1 == 1 ? -(result >> 1) : result >> 1 }
        }
        return nil
    }
}
