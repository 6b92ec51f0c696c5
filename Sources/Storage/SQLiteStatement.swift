import CSQLite

/// A prepared statement: values in, rows out. Whoever prepared it ends it.
struct SQLiteStatement {
    let pointer: OpaquePointer
    /// Where SQLite wants the values `$1`, `$2` and so on. To SQLite these are names, which it counts in the order in
    /// which they first appear.
    private let places: [Int: Int32]

    init(pointer: OpaquePointer) {
        self.pointer = pointer
        var places: [Int: Int32] = [:]
        for index in 0..<sqlite3_bind_parameter_count(pointer) {
            guard let name = sqlite3_bind_parameter_name(pointer, index + 1) else { continue }
            if let number = Int(String(cString: name).dropFirst()) { places[number] = index + 1 }
        }
        self.places = places
    }

    /// SQLite's own code.
    func bind(_ values: [Value]) -> Int32 {
        guard values.count == places.count else { return SQLITE_RANGE }
        for (number, place) in places {
            guard values.indices.contains(number - 1) else { return SQLITE_RANGE }
            let code = bind(values[number - 1], at: place)
            guard code == SQLITE_OK else { return code }
        }
        return SQLITE_OK
    }

    private func bind(_ value: Value, at index: Int32) -> Int32 {
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
