import ContextAudit
import Testing

@Suite struct RubyCaptureTests {
    @Test(arguments: [
        ("Sentry.capture_exception(e)", "1 Sentry.capture_exception: \(everything)"),
        ("Sentry.capture_exception e", "1 Sentry.capture_exception: \(everything)"),
        ("Sentry.capture_exception(e) if code != 404", "1 Sentry.capture_exception: \(everything)"),
        (
            "Sentry.capture_exception e, level: 'warning',\n  tags: { a: 1 }",
            "1 Sentry.capture_exception: user, release, extra"
        ),
        (
            "Sentry.capture_exception e, extra: { a: 1 } unless tags: nil",
            "1 Sentry.capture_exception: tags, user, release"
        ),
        ("Sentry.capture_exception(e, extra: { id:, code: })", "1 Sentry.capture_exception: tags, user, release"),
        ("Sentry.capture_exception(e, extra:)", "1 Sentry.capture_exception: tags, user, release"),
        ("Sentry.capture_exception(e, :tags => tags)", "1 Sentry.capture_exception: user, release, extra"),
        ("Sentry.capture_exception(e, dossier: id)", "1 Sentry.capture_exception: \(everything)"),
        ("Sentry.capture_exception(e, **options)", "1 Sentry.capture_exception: release (unclear)"),
        ("::Sentry.capture_message('x', user: { id: 1 })", "1 ::Sentry.capture_message: tags, release, extra"),
        (
            "Sentry.capture_exception(e) { |scope| scope.set_tags(a: 1) }",
            "1 Sentry.capture_exception: user, release, extra"
        ),
        (
            "Sentry.capture_exception(e) do |scope|\n  scope.set_user id: 1\nend",
            "1 Sentry.capture_exception: tags, release, extra"
        ),
        ("Raven.capture_exception(e, extra: { a: 1 })", "1 Raven.capture_exception: tags, user, release"),
        ("Raven.capture do\n  work\nend", "1 Raven.capture: tags, user, release, extra"),
        ("def notify(text) = Sentry.capture_message(text)", "1 Sentry.capture_message: \(everything)"),
    ])
    func `sees what a call is given`(code: String, expected: String) {
        #expect(calls(in: code, of: "a.rb") == [expected])
    }

    @Test func `sees the scope around a call, and only there`() {
        let code = """
            class Payment < ApplicationJob
              def perform(order)
                return if order.nil?
                charge(order) while order.open?
                Sentry.with_scope do |scope|
                  scope.set_tags(order: order.id)
                  scope.set_user(id: order.user_id) if order.user
                  order.items.each do |item|
                    scope.set_extras(item: item.id)
                  end
                  Sentry.capture_exception(e)
                end
                Sentry.capture_exception(e)
              end

              def helper = 3

              def ship
                value = if ready? then 1 else 2 end
                while busy do wait end
                Sentry.set_tags(order: 1)
                x.end; x.class; Foo.new if bar; { if: 1, end: 2 }
                Sentry.capture_exception(e)
              end

              def refund
                Sentry.capture_exception(e)
              end
            end
            """
        #expect(
            calls(in: code, of: "app/jobs/payment.rb") == [
                "11 Sentry.capture_exception: release, extra", "13 Sentry.capture_exception: \(everything)",
                "23 Sentry.capture_exception: user, release, extra, scope",
                "27 Sentry.capture_exception: \(everything)",
            ])
    }

    @Test func `scopes in braces, and changes that stay`() {
        let code = """
            Sentry.with_scope { |scope| scope.set_tags(a: 1); Sentry.capture_exception(e) }
            Sentry.configure_scope { |scope| scope.set_user(id: 1) }
            Sentry.capture_exception(e)
            """
        #expect(
            calls(in: code, of: "a.rb") == [
                "1 Sentry.capture_exception: release, extra", "3 Sentry.capture_exception: tags, release, extra, scope",
            ])
    }

    @Test(arguments: [
        "# Sentry.capture_exception(e)", "=begin\nSentry.capture_exception(e)\n=end", "'Sentry.capture_exception(e)'",
        "\"a #{x[\"capture_exception(e)\"]} capture_exception(e)\"", "%w[capture_exception(e)]",
        "puts %q(capture_exception(e))", "x = /capture_exception(e)/", "when /capture_exception(e)/ then 1",
        "x = <<~TEXT\n  capture_exception(e)\nTEXT",
        "f(<<-A, <<~'B')\ncapture_exception(e)\nA\ncapture_exception(e)\n  B",
        "allow(Sentry).to receive(:capture_exception)", "def self.capture_exception(e)\n  1\nend",
        "def capture_exception(e, **options) = send(e)", "alias_method :capture_exception, :notify",
        "delegate :capture_exception, to: :sentry", "x ? :a : 'capture_exception(e)'", "%r{/capture_exception(e)}",
    ])
    func `what only looks like a call is none`(code: String) {
        #expect(calls(in: code, of: "a.rb") == [])
        #expect(calls(in: code + "\nSentry.capture_exception(e)", of: "a.rb").count == 1)
    }

    @Test func `nothing counts behind the end`() {
        #expect(calls(in: "x = 1\n__END__\nSentry.capture_exception(e)", of: "a.rb") == [])
    }
}
