// home.json: whose home it is, and the gateway (greenlane.home/1).
#pragma once

#include <chrono>
#include <string>

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::client {

struct HomeSettings {
  std::string gateway;     ///< "https://HOST" or "https://HOST:PORT"
  std::string enterprise;  ///< "": none
  bool own_ca = false;     ///< the gateway is trusted by ca.pem of the home
  std::string root;        ///< "sha256:…" of the root that was pinned
  std::chrono::sys_seconds created_at;

  json::Value to_value() const;
  /// Errors: invalid_json, invalid_document, with `source`.
  static Result<HomeSettings> read(std::string_view json, const std::string& source);
};

/// `url` without a slash at its end. Error: invalid_argument, where it is not https with a host and perhaps a port.
Result<std::string> gateway_url(std::string_view url);

}  // namespace greenlane::client
