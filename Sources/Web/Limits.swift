/// What one client can take from us, in time and space. The tests give shorter times.
package struct Limits: Sendable {
    /// GlitchTip's largest alert is far smaller: three issues with their titles.
    package var body = 1 << 20
    /// From the connection, or the first byte of a later request, until its head is complete.
    package var headTime = Duration.seconds(10)
    /// From the end of the head until the body is complete.
    package var bodyTime = Duration.seconds(15)
    /// How long a connection is kept between two requests. Longer than the usual proxies keep theirs (nginx 60 s, Go 90 s,
    /// Caddy 120 s): who closes first may close just when an alert is sent.
    package var idleTime = Duration.seconds(150)
    package var connections = 256
    /// For the requests under way when the server is told to end, which comes last: systemd's patience is 25 s.
    package var drainTime = Duration.seconds(2)

    package init() {}
}
