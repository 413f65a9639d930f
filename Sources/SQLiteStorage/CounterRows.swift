import GRDB
import GatewayStorage

/// The counters' rows at one moment, within a transaction.
struct CounterRows {
    let database: Database
    let now: WallTime

    func takeBack(_ returning: [ReturnedAmount]) throws {
        guard !returning.isEmpty else { return }
        let statement = try database.cachedStatement(
            sql: """
                UPDATE counter_block SET amount = max(amount - ?, 0)
                WHERE counter = (SELECT id FROM counter WHERE key = ?) AND bucket = ?
                """)
        for item in returning {
            try statement.execute(arguments: [item.amount, item.key.text, item.bucket])
        }
    }

    func reserve(_ requests: [BlockRequest], returning: [ReturnedAmount]) throws -> BlockAnswer {
        try takeBack(returning)
        var blocks: [Block] = []
        var refused = LongestWait()
        for (index, request) in requests.enumerated() {
            let grid = BucketGrid(for: request.key)
            let bucket = grid.bucket(at: now)
            let room = request.max - (try total(of: request.key, near: bucket, grid: grid))
            if let amount = BlockGrant.amount(for: request, room: room) {
                blocks.append(Block(bucket: bucket, amount: amount, end: grid.end(of: bucket)))
            } else {
                refused.add(index, try wait(for: request, at: bucket, grid: grid))
            }
        }
        if let answer = refused.answer { return answer }
        for (request, block) in zip(requests, blocks) { try add(block, to: request.key) }
        return .granted(blocks, at: now)
    }

    func total(of key: CounterKey) throws -> Int64 {
        let grid = BucketGrid(for: key)
        return try total(of: key, near: grid.bucket(at: now), grid: grid)
    }

    /// Removes some counters that have long passed: of sessions and grants that are no more.
    func forgetPassed() throws {
        try database.cachedStatement(
            sql: "DELETE FROM counter WHERE id IN (SELECT id FROM counter WHERE passes < ? ORDER BY passes LIMIT ?)"
        ).execute(arguments: [
            now.milliseconds - SQLiteBounds.passedCounterRetention, SQLiteBounds.forgottenPerTransaction,
        ])
    }

    private func total(of key: CounterKey, near bucket: Int64, grid: BucketGrid) throws -> Int64 {
        let neighbours = grid.neighbours(of: bucket)
        return try Int64.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT sum(amount) FROM counter JOIN counter_block ON counter = id
                    WHERE key = ? AND bucket BETWEEN ? AND ?
                    """),
            arguments: [key.text, neighbours.lowerBound, neighbours.upperBound]) ?? 0
    }

    private func wait(for request: BlockRequest, at bucket: Int64, grid: BucketGrid) throws -> Duration? {
        let neighbours = grid.neighbours(of: bucket)
        let rows = try Row.fetchAll(
            try database.cachedStatement(
                sql: """
                    SELECT bucket, amount FROM counter JOIN counter_block ON counter = id
                    WHERE key = ? AND bucket BETWEEN ? AND ?
                    """),
            arguments: [request.key.text, neighbours.lowerBound, neighbours.upperBound])
        let amounts = rows.map { row -> (bucket: Int64, amount: Int64) in (row[0], row[1]) }
        return BlockGrant.wait(for: request.need, max: request.max, amounts: amounts, grid: grid, now: now)
    }

    private func add(_ block: Block, to key: CounterKey) throws {
        let grid = BucketGrid(for: key)
        let counter = try Int64.fetchOne(
            try database.cachedStatement(
                sql: """
                    INSERT INTO counter (key, passes) VALUES (?, ?)
                    ON CONFLICT (key) DO UPDATE SET passes = max(passes, excluded.passes) RETURNING id
                    """),
            arguments: [key.text, grid.forgotten(after: block.bucket).milliseconds])
        try database.cachedStatement(
            sql: """
                INSERT INTO counter_block (counter, bucket, amount) VALUES (?, ?, ?)
                ON CONFLICT (counter, bucket) DO UPDATE SET amount = amount + excluded.amount
                """
        ).execute(arguments: [counter, block.bucket, block.amount])
        try database.cachedStatement(sql: "DELETE FROM counter_block WHERE counter = ? AND bucket < ?")
            .execute(arguments: [counter, grid.oldestKept(at: block.bucket)])
    }
}
