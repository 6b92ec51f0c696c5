/// How a capture call with context is written.
package enum Template {
    package static func code(_ language: Language) -> String {
        switch language {
        case .javascript, .typescript: javascript
        case .python: python
        case .php: php
        case .ruby: ruby
        case .java: java
        case .kotlin: kotlin
        case .go: go
        }
    }

    private static let javascript = """
        // Once, at the start:
        Sentry.init({ dsn, release: "shop-web@2.3.1", environment: "production" });
        // Once a request or login:
        Sentry.setUser({ id: user.id });

        Sentry.captureException(error, {
          tags: { payment: "stripe" },       // short, to search and group by
          extra: { orderId, cartSize },      // anything else that was known
        });
        """

    private static let python = """
        # Once, at the start:
        sentry_sdk.init(dsn=dsn, release="shop-api@2.3.1", environment="production")
        # Once a request or login:
        sentry_sdk.set_user({"id": user.id})

        with sentry_sdk.new_scope() as scope:  # push_scope() before version 2
            scope.set_tag("payment", "stripe")
            scope.set_extra("order_id", order.id)
            sentry_sdk.capture_exception(error)
        """

    private static let php = """
        // Once, at the start (Laravel: config/sentry.php):
        \\Sentry\\init(['dsn' => $dsn, 'release' => 'shop@2.3.1', 'environment' => 'production']);
        // Once a request or login:
        \\Sentry\\configureScope(fn (Scope $scope) => $scope->setUser(['id' => $user->id]));

        \\Sentry\\withScope(function (\\Sentry\\State\\Scope $scope) use ($error, $order): void {
            $scope->setTag('payment', 'stripe');
            $scope->setExtra('order_id', $order->id);
            \\Sentry\\captureException($error);
        });
        """

    private static let ruby = """
        # Once, at the start (config/initializers/sentry.rb):
        Sentry.init { |config| config.release = "shop@2.3.1" }
        # Once a request or login (before_action):
        Sentry.set_user(id: current_user&.id)

        Sentry.capture_exception(
          error,
          tags: { payment: "stripe" },      # short, to search and group by
          extra: { order_id: order.id }     # anything else that was known
        )
        """

    private static let java = """
        // Once, at the start:
        Sentry.init(options -> options.setRelease("shop-api@2.3.1"));
        // Once a request or login:
        User user = new User();
        user.setId(account.getId());
        Sentry.setUser(user);

        Sentry.captureException(error, scope -> {
            scope.setTag("payment", "stripe");
            scope.setExtra("orderId", order.getId());
        });
        """

    private static let kotlin = """
        // Once, at the start (Android makes a release by itself):
        Sentry.init { options -> options.release = "shop-api@2.3.1" }
        // Once a request or login:
        Sentry.setUser(User().apply { id = account.id })

        Sentry.captureException(error) { scope ->
            scope.setTag("payment", "stripe")
            scope.setExtra("orderId", order.id)
        }
        """

    private static let go = """
        // Once, at the start:
        sentry.Init(sentry.ClientOptions{Dsn: dsn, Release: "shop-api@2.3.1", Environment: "production"})
        // Once a request (middleware):
        hub.Scope().SetUser(sentry.User{ID: user.ID})

        hub.WithScope(func(scope *sentry.Scope) {
            scope.SetTag("payment", "stripe")
            scope.SetContext("order", sentry.Context{"id": order.ID})
            hub.CaptureException(err)
        })
        """
}

extension AuditReport {
    /// One for each language that has calls; all of them when there are none.
    package var templates: String {
        let found = Set(calls.map(\.language))
        return Language.allCases.filter { found.isEmpty || found.contains($0) }
            .map {
                "\($0.name)\n\n"
                    + Template.code($0).split(separator: "\n", omittingEmptySubsequences: false)
                    .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
            }
            .joined(separator: "\n\n")
    }
}
