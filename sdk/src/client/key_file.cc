#include "client/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "client/durable_files.h"
#include "crypto/private_key.h"
#include "greenlane/signer.h"

namespace greenlane::client {
namespace {

constexpr std::size_t max_file_bytes = 32'768;

Error refused(const std::string& path, std::string message) {
  return {.code = ErrorCode::invalid_key, .message = std::move(message), .source = path};
}

std::string octal(mode_t mode) {
  char digits[8];
  std::snprintf(digits, sizeof digits, "%04o", static_cast<unsigned>(mode & 07777u));
  return digits;
}

Result<void> is_private(const std::string& path, const struct stat& found) {
  if (!S_ISREG(found.st_mode)) return refused(path, "a private key must be a regular file");
  if (found.st_uid != ::geteuid()) {
    return refused(path, "the private key belongs to another user (number " + std::to_string(found.st_uid) + "); it must be your own");
  }
  if ((found.st_mode & 07777u & ~0600u) != 0) {
    return refused(path, "the private key has the mode " + octal(found.st_mode) +
                             ", so that others may have it; make it yours alone: chmod 600 " + path);
  }
  return {};
}

Error open_error(const std::string& path) {
  if (errno == ENOENT) return {.code = ErrorCode::not_found, .message = "there is no such file", .source = path};
  if (errno == ELOOP) return refused(path, "the private key is a symbolic link, which may lead anywhere; name the file itself");
  return system_error(path, "the file cannot be opened");
}

/// All at once into the room that is erased: a text that grows leaves copies behind.
Result<crypto::Secret> read_all(const Descriptor& file, const std::string& path) {
  std::string bytes(max_file_bytes + 1, '\0');
  std::size_t size = 0;
  for (ssize_t more = 1; more != 0 && size < bytes.size();) {
    more = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (more > 0) size += static_cast<std::size_t>(more);
    if (more >= 0 || errno == EINTR) continue;
    Error error = system_error(path, "the file cannot be read");
    crypto::erase(bytes);
    return error;
  }
  bytes.resize(size);
  crypto::Secret secret(std::move(bytes));
  if (size > max_file_bytes) {
    return Error{.code = ErrorCode::limit_exceeded, .message = "the file is larger than the bound of 32768 bytes", .source = path};
  }
  return secret;
}

}  // namespace

Result<crypto::Secret> read_key_file(const std::string& path) {
  // Not blocking: a pipe would never answer.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.get() < 0) return open_error(path);
  struct stat found;
  if (::fstat(file.get(), &found) != 0) return system_error(path, "the private key cannot be looked at");
  if (auto own = is_private(path, found); !own.ok()) return own.error();
  return read_all(file, path);
}

Result<crypto::Secret> read_secret(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return open_error(path);
  return read_all(file, path);
}

Result<void> write_key_file(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".part";
  // Left behind by a process that was stopped: nothing was ever made of it.
  if (::unlink(temporary.c_str()) != 0 && errno != ENOENT) return system_error(temporary, "the file of an earlier try cannot be removed");
  auto file = NewFile::create_private(temporary);
  if (!file.ok()) return std::move(file).error();
  Result<void> written = file->write(bytes);
  if (written.ok()) written = file->close(true);
  if (written.ok()) {
    const auto moved = move_file(temporary, path);
    if (moved.ok() && *moved == Moved::yes) return sync_folder(folder_of(path));
    written = moved.ok() ? Error{.code = ErrorCode::invalid_argument,
                                 .message = "there is something of that name already; a key is never overwritten",
                                 .source = path}
                         : moved.error();
  }
  ::unlink(temporary.c_str());
  return written;
}

}  // namespace greenlane::client

namespace greenlane {

Result<std::unique_ptr<Signer>> key_file_signer(const std::string& path, std::string_view sm2_user_id) {
  const auto pem = client::read_key_file(path);
  if (!pem.ok()) return pem.error();
  auto key = crypto::PrivateKey::from_pem(pem->bytes(), sm2_user_id);
  if (!key.ok()) {
    key.error().source = path;
    return key.error();
  }
  return std::unique_ptr<Signer>(std::make_unique<crypto::PrivateKey>(*std::move(key)));
}

Result<PublicKeyInfo> make_key_file(const std::string& path, SignatureAlgorithm algorithm, std::string_view sm2_user_id) {
  const auto key = crypto::PrivateKey::generate(algorithm, sm2_user_id);
  if (!key.ok()) return key.error();
  const crypto::Secret pem(key->pem());
  if (auto written = client::write_key_file(path, pem.bytes()); !written.ok()) return written.error();
  return key->public_key();
}

}  // namespace greenlane
