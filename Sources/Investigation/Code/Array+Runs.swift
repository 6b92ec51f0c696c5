extension [Int] {
    /// The runs without a gap of ascending numbers.
    var runs: [ClosedRange<Int>] {
        reduce(into: []) { runs, number in
            if let last = runs.last, number <= last.upperBound + 1 {
                runs[runs.count - 1] = last.lowerBound...Swift.max(last.upperBound, number)
            } else {
                runs.append(number...number)
            }
        }
    }
}
