using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace FlowGen.S3;

/// <summary>When the server answered a request, by its own clock: the SDK shows that header in an event only.</summary>
internal sealed class AnswerDates
{
    private readonly ConditionalWeakTable<AmazonWebServiceRequest, StrongBox<DateTime?>> _asked = [];

    /// <summary>From now on the answer's time is kept for this request.</summary>
    public void Ask(AmazonWebServiceRequest request) => _asked.AddOrUpdate(request, new StrongBox<DateTime?>());

    public void OnAnswer(object sender, ResponseEventArgs e)
    {
        if (e is WebServiceResponseEventArgs answer && _asked.TryGetValue(answer.Request, out var time) && answer.ResponseHeaders.TryGetValue("Date", out var date)
            && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out var when)) time.Value = when.UtcDateTime;
    }

    public DateTime? Of(AmazonWebServiceRequest request) => _asked.TryGetValue(request, out var time) ? time.Value : null;
}
