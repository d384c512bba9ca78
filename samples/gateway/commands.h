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
/// What became of a call.
Exit ended(const Result<void>& outcome);

/// Where a key lies in hardware (PKCS #11), on the command line.
struct TokenArguments {
  std::string module;    ///< "": none
  std::string token;
  std::string label;
  std::string pin_file;  ///< "": the terminal is asked
};

Exit run_key_new(const std::string& file, const std::string& algorithm);
Exit run_key_show(const std::string& file);
/// Writes the public key of a key in hardware.
Exit run_key_token(const std::string& file, const TokenArguments& token);

struct InitArguments {
  std::vector<std::string> root_keys;
  std::vector<std::string> targets_keys;
  std::size_t root_threshold = 1;
  std::size_t targets_threshold = 1;
  std::string snapshot_key;
  std::string timestamp_key;
  std::string log_key;
  std::string log_origin;
  std::string owner;  ///< of the log's key; "": what stands before the first '/' of the origin
  Lifetimes lifetimes;
};
Exit run_repo_init(const std::string& folder, const InitArguments& arguments, const std::vector<std::string>& sign);
Exit run_repo_publish(const std::string& folder, const std::vector<std::string>& packs, const std::vector<std::string>& sign);

struct SignArguments {
  std::vector<std::string> keys;
  TokenArguments token;
  std::string root;    ///< file of a root that the holder keeps
  bool yes = false;    ///< do not ask
};
Exit run_repo_sign(const std::string& folder, const SignArguments& arguments);
Exit run_repo_collect(const std::string& folder, const std::string& other);
Exit run_repo_discard(const std::string& folder);
Exit run_repo_refresh(const std::string& folder);
Exit run_repo_status(const std::string& folder, bool json);
Exit run_repo_export(const std::string& folder, const std::string& file);

struct KeyArguments {
  std::string role;  ///< of TUF, or a use of message keys
  std::string key;
  std::string successor;
  std::string owner;
  std::string sm2_user_id;
  std::string from;            ///< UTC; "": now
  std::string until;           ///< UTC; "": two years after `from`
  std::string revoked_at;      ///< UTC
  std::string compromised_at;  ///< UTC
  std::size_t threshold = 0;   ///< 0: as it is
  int overlap_days = 30;
};
Exit run_repo_add_key(const std::string& folder, const KeyArguments& arguments, const std::vector<std::string>& sign);
Exit run_repo_rotate(const std::string& folder, const KeyArguments& arguments, const std::vector<std::string>& sign);
Exit run_repo_revoke(const std::string& folder, const KeyArguments& arguments, const std::vector<std::string>& sign);
Exit run_repo_threshold(const std::string& folder, const KeyArguments& arguments, const std::vector<std::string>& sign);
Exit run_repo_renew(const std::string& folder, const std::vector<std::string>& roles, const std::vector<std::string>& sign);

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
