#include "client/trust_files.h"

#include <unistd.h>

#include <cerrno>

#include "client/durable_files.h"
#include "client/file_io.h"
#include "crypto/digest.h"
#include "trust/source.h"

namespace greenlane::client {
namespace {

constexpr std::size_t max_bytes = std::size_t{16} << 20;
// File systems take 255 bytes; the name of the file that is being written has some more.
constexpr std::size_t max_name = 200;

std::string file_of(std::string_view role) {
  std::string name = trust::percent_encoded(role);
  if (name.size() > max_name) name = "sha256-" + crypto::sha256_hex(role);
  return name + ".json";
}

}  // namespace

Result<std::optional<std::string>> TrustFiles::load(std::string_view role) {
  auto bytes = read_file(folder_ + "/" + file_of(role), max_bytes);
  if (bytes.ok()) return std::optional(*std::move(bytes));
  if (bytes.error().code == ErrorCode::not_found) return std::optional<std::string>();
  return std::move(bytes).error();
}

Result<void> TrustFiles::save(std::string_view role, std::string_view bytes) {
  const std::string name = file_of(role);
  // With the process in its name: another one may save the same role at this moment.
  const std::string temporary = folder_ + "/." + name + "." + std::to_string(::getpid()) + ".new";
  auto replaced = replace_file(folder_ + "/" + name, temporary, bytes, true);
  if (!replaced.ok()) ::unlink(temporary.c_str());
  return replaced;
}

Result<void> TrustFiles::remove(std::string_view role) {
  const std::string path = folder_ + "/" + file_of(role);
  if (::unlink(path.c_str()) == 0) return sync_folder(folder_);
  return errno == ENOENT ? Result<void>() : system_error(path, "the file cannot be removed");
}

}  // namespace greenlane::client
