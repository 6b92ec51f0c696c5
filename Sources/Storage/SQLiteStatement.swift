import CSQLite

/// A prepared statement: values in, rows out. Whoever prepared it ends it.
struct SQLiteStatement {
    let pointer: OpaquePointer

    /// SQLite's own code.
    func bind(_ value: Value, at index: Int32) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(pointer, index)
        case .integer(let value): sqlite3_bind_int64(pointer, index, value)
        case .real(let value): sqlite3_bind_double(pointer, index, value)
        case .text(let value):
            value.utf8CString.withUnsafeBufferPointer {
                tipline_bind_text(pointer, index, $0.baseAddress, Int32($0.count - 1))
            }
        // A null pointer would bind NULL: an empty blob still needs an address.
        case .blob(let value):
            (value.isEmpty ? [0] : value).withUnsafeBytes {
                tipline_bind_blob(pointer, index, $0.baseAddress, Int32(value.count))
            }
        }
    }

    /// The row on which the statement stands.
    var row: Row {
        var columns: [String: Value] = [:]
        for index in 0..<sqlite3_column_count(pointer) {
            guard let name = sqlite3_column_name(pointer, index) else { continue }
            columns[String(cString: name)] = value(at: index)
        }
        return Row(columns: columns)
    }

    private func value(at index: Int32) -> Value {
        let length = Int(sqlite3_column_bytes(pointer, index))
        switch sqlite3_column_type(pointer, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(pointer, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(pointer, index))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(pointer, index) else { return .null }
            return .text(String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self))
        case SQLITE_BLOB:
            guard length > 0, let bytes = sqlite3_column_blob(pointer, index) else { return .blob([]) }
            return .blob(Array(UnsafeRawBufferPointer(start: bytes, count: length)))
        default: return .null
        }
    }
}
