/// The web pages that GlitchTip answers where JSON was expected.
enum Page {
    /// For any address that only its web client knows.
    static let app = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"/><title>GlitchTip</title><base href="/"/></head>\
        <body><app-root></app-root></body></html>
        """
    static let notFound = """
        <!DOCTYPE html>
        <html>
          <head>
            <title>GlitchTip</title>
          </head>
          <body><h1>Page not found</h1></body>
        </html>
        """
    static let serverError = """

        <!doctype html>
        <html lang="en">
        <head>
          <title>Server Error (500)</title>
        </head>
        <body>
          <h1>Server Error (500)</h1><p></p>
        </body>
        </html>
        """
    static let forbidden = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta http-equiv="content-type" content="text/html; charset=utf-8">
          <meta name="robots" content="NONE,NOARCHIVE">
          <title>403 Forbidden</title>
        </head>
        <body>
          <h1>Forbidden <span>(403)</span></h1>
          <p>CSRF verification failed. Request aborted.</p>
        </body>
        </html>
        """
}
