// An authority's files on a web server.
#pragma once

#include <string>

#include "exchange/http_client.h"
#include "trust/source.h"

namespace greenlane::exchange {

/// Paths are below a base URL. One request a file, none is repeated.
class HttpSource final : public trust::Source {
 public:
  /// `client` must outlive the source. `base_url` may end with '/' or not, and is sent as it is.
  HttpSource(HttpClient& client, std::string base_url);

  /// 403 and 404 mean that there is no such file: stores of objects answer 403 where nobody may list them. Any other status but 200 is
  /// unreachable. Errors: also those of HttpClient::get().
  Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) override;

 private:
  HttpClient& client_;
  std::string base_;
};

}  // namespace greenlane::exchange
