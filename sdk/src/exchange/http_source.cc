#include "exchange/http_source.h"

#include <utility>

namespace greenlane::exchange {

HttpSource::HttpSource(HttpClient& client, std::string base_url) : client_(client), base_(std::move(base_url)) {
  if (!base_.ends_with('/')) base_ += '/';
}

Result<std::optional<std::string>> HttpSource::fetch(std::string_view path, std::size_t max_bytes) {
  const std::string url = base_ + std::string(path);
  auto response = client_.get(url, max_bytes);
  if (!response.ok()) return std::move(response).error();
  if (response->status == 200) return std::optional(std::move(response->body));
  if (response->status == 403 || response->status == 404) return std::optional<std::string>();
  return Error{.code = ErrorCode::unreachable,
               .message = "the server answers with HTTP status " + std::to_string(response->status) + ", not with the file",
               .source = url,
               .retryable = response->status >= 500 || response->status == 429};
}

}  // namespace greenlane::exchange
