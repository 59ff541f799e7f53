namespace AuthModule.Providers;

/// <summary>Where errors say what is wrong, as services in wide use have it. Case of the members does not count.</summary>
internal static class ErrorPlaces
{
    /// <summary>RFC 6749, section 5.2, first.</summary>
    public static ReplyPlaces Code { get; } = ReplyPlaces.Of(
        "error", "error.code", "error.status", "error.type", "error.error", "code", "errorCode", "error_code", "errCode", "errors.code", "errors.errorCode",
        "errors.extensions.code", "errors.type", "errors.id", "fault.detail.errorcode", "fault.code", "fault.faultcode", "faultcode", "__type", "error_name", "errorName", "error_type", "detail.code", "detail.error");

    public static ReplyPlaces Message { get; } = ReplyPlaces.Of(
        "error_description", "errorDescription", "message", "error.message", "error.description", "error.detail", "detail", "detail.message", "details", "title",
        "errors.detail", "errors.message", "errors.description", "errors.title", "errors.msg", "errors.reason", "errorSummary", "errorMessage", "error_message", "error_msg", "errorMsg",
        "fault.faultstring", "fault.message", "faultstring", "Body.Fault.faultstring", "Body.Fault.Reason.Text", "description", "msg", "reason", "errors",
        "error.@message", "error.data", "messages", "statusMessage", "status_message", "result.msg", "error['@Message.ExtendedInfo'].Message");
}
