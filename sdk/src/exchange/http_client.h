// HTTPS requests.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "greenlane/result.h"

namespace greenlane::exchange {

struct HttpOptions {
  std::string ca_file;           ///< PEM; "": those of the machine
  std::string client_certificate;  ///< PEM file for mutual TLS, with client_key; "": none
  std::string client_key;
  std::string proxy;             ///< URL; "": none, whatever the environment says
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{120'000};  ///< of a whole request
  /// For tests of conformance only: takes http:// to a loopback address.
  bool allow_loopback_http = false;
};

struct HttpResponse {
  long status = 0;
  std::string body;
};

/// Speaks TLS 1.2 or later, verifies the server, follows no redirects, sends no more than it is told. Keeps its connection. One
/// thread.
class HttpClient {
 public:
  /// Errors: invalid_argument for options that make no sense; io where a file cannot be read.
  static Result<HttpClient> open(const HttpOptions& options);
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;
  ~HttpClient();

  /// Any status is a response. Errors: invalid_argument for a URL that is not https; unreachable; not_trusted, where the server's
  /// certificate does not verify; limit_exceeded, where the body has more than `max_bytes`, of which no more are read. The body of a status
  /// other than 200 is cut there instead, so that a page that says "not found" is still that.
  Result<HttpResponse> get(const std::string& url, std::size_t max_bytes);

 private:
  struct State;
  explicit HttpClient(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace greenlane::exchange
