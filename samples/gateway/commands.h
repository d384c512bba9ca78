// The commands of greenlane-gateway. Each returns the exit status.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "repository.h"

namespace greenlane::gateway {

/// As of the command `greenlane`.
enum class Exit : int { done = 0, usage = 2, bad_input = 3, not_trusted = 4, unavailable = 5, internal = 70 };

void say(const std::string& text);
/// Tells of an error on the standard error.
Exit fail(const Error& error);

Exit run_key_new(const std::string& file, const std::string& algorithm);
Exit run_key_show(const std::string& file);

struct InitArguments {
  std::vector<std::string> root_keys;
  std::vector<std::string> targets_keys;
  std::size_t root_threshold = 1;
  std::size_t targets_threshold = 1;
  std::string snapshot_key;
  std::string timestamp_key;
  std::string log_key;
  std::string log_origin;
  std::vector<std::string> sign;
  Lifetimes lifetimes;
};
Exit run_repo_init(const std::string& folder, const InitArguments& arguments);
/// Signs the staged change with each of `keys`, says who is missing, and releases it where nobody is.
Exit sign_staged(Repository& repository, const std::vector<std::string>& keys);
Exit release_if_signed(Repository& repository);

Exit run_repo_publish(const std::string& folder, const std::vector<std::string>& packs, const std::vector<std::string>& sign);
Exit run_repo_sign(const std::string& folder, const std::vector<std::string>& keys);
Exit run_repo_status(const std::string& folder);
Exit run_repo_refresh(const std::string& folder);
Exit run_repo_discard(const std::string& folder);

struct ServeArguments {
  std::string folder;
  std::string address = "127.0.0.1";
  int port = 0;
  std::string certificate;
  std::string key;
  std::string port_file;
  int seconds = 0;  ///< 0: until it is told to end
};
Exit run_serve(const ServeArguments& arguments);
Exit run_tls_new(const std::string& folder, const std::string& host);

}  // namespace greenlane::gateway
